import {
  closest,
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  mayGainFields,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
  valueAt,
} from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { type KnownParams, paramsOf } from '../appset-params.ts';
import { example } from '../examples.ts';
import { APPLICATION_SET } from '../kinds.ts';
import { type TemplateTag, tagsOf, wrongBlocks } from '../template-tags.ts';

const set = (name: string): string =>
  example('ApplicationSet', [
    'generators:',
    '  - list:',
    '      elements:',
    '        - cluster: live',
    '        - cluster: qa',
    'template:',
    '  metadata:',
    `    name: 'shop-${name}'`,
    '  spec:',
    '    project: shop',
  ]);

/** That `missingkey=error` is not set is a note: it would have told the rest at the time of the sync. */
export const rule: ResourceRule = {
  id: 'argo/appset-template',
  title: 'The template of an ApplicationSet can be filled in, with names that differ',
  why: 'With a parameter that no generator gives, Applications get names and paths with braces or "<no value>" in them; a template that cannot be read, or two Applications of one name, stop the whole set.',
  remedy: 'Correct the parameter. With goTemplate it begins with a dot ({{.name}}), without there is none ({{name}}).',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/',
  examples: { pass: set('{{cluster}}'), fail: set('{{clutser}}') },
  kinds: [APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const template = valueAt(resource.object, ['spec', 'template']);
    if (!isObject(template)) return;
    const isGo = valueAt(resource.object, ['spec', 'goTemplate']) === true;
    const texts = [...textsOf(template, ['spec', 'template'])];
    const params = knownParams(resource, isGo);
    for (const { text, path } of texts) yield* judge(text, path, isGo, params);
    yield* sameNames(resource, template, isGo);
    if (!isGo || mayGainFields(resource)) return;
    const options = listAt(resource, ['spec', 'goTemplateOptions']);
    if (!options.some((option) => typeof option === 'string' && option.startsWith('missingkey=')))
      yield {
        path: ['spec', 'goTemplate'],
        part: 'key',
        severity: 'info',
        message: 'without goTemplateOptions ["missingkey=error"] a parameter that is missing becomes "<no value>"',
      };
  },
};

interface PlacedText {
  readonly text: string;
  readonly path: FieldPath;
}

function* textsOf(value: JsonValue, path: FieldPath, depth = 0): Iterable<PlacedText> {
  if (typeof value === 'string') {
    if (value.includes('{{')) yield { text: value, path };
  } else if (depth < 30 && isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index], depth + 1);
  } else if (depth < 30 && isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, [...path, key], depth + 1);
  }
}

/** What each generator gives; those of which it is not known are left out. A template of a generator's own is another one. */
function knownParams(resource: Resource, isGo: boolean): readonly KnownParams[] {
  if (applicationSpec(resource)?.mayGain !== false) return [];
  return listAt(resource, ['spec', 'generators']).flatMap((generator) => paramsOf(generator, isGo) ?? []);
}

function* judge(text: string, path: FieldPath, isGo: boolean, params: readonly KnownParams[]): Iterable<Problem> {
  const tags = tagsOf(text);
  if (tags === undefined) {
    yield { path, message: 'a tag "{{" of the template is not closed' };
    return;
  }
  const blocks = isGo ? wrongBlocks(tags) : undefined;
  if (blocks !== undefined) {
    yield { path, message: `the template has ${blocks}` };
    return;
  }
  // Inside of a block a dot may stand for something else.
  const hasBlocks = isGo && tags.some(({ text: inner }) => /^(?:range|with|block|define)\b/.test(inner));
  if (hasBlocks) return;
  for (const tag of tags) {
    const message = isGo ? goProblem(tag, params) : plainProblem(tag, params);
    if (message !== undefined) yield { path, message };
  }
}

const NAME = /^[\w-]+(?:(?:\.[\w-]+)|(?:\[\d+\]))*$/;

/** Without goTemplate a tag is the name of a parameter, and stays as it is where there is none. */
function plainProblem({ text }: TemplateTag, params: readonly KnownParams[]): string | undefined {
  if (NAME.test(text)) {
    return params.some((each) => !each.has(text)) ? `no generator gives the parameter "${text}"${hint(text, params)}` : undefined;
  }
  if (/^\.[\w.]+$/.test(text)) return `"{{${text}}}" is written for goTemplate, which is not set: it stays as it is`;
  return undefined;
}

function goProblem({ text }: TemplateTag, params: readonly KnownParams[]): string | undefined {
  // Go knows no function of such a name.
  if (/^[a-z]\w*\.\w[\w.]*$/i.test(text) || (NAME.test(text) && params.some((each) => each.has(text))))
    return `"{{${text}}}" is not Go's: write "{{.${text}}}"`;
  const field = /^\.([\w]+(?:\.\w+)*)(?:\s*\|\s*(?!default\b)[\w\s"|-]+)?$/.exec(text)?.[1];
  if (field === undefined || text.includes('default') || text.includes('coalesce')) return undefined;
  return params.some((each) => !each.has(field)) ? `no generator gives the parameter "${field}"${hint(field, params)}` : undefined;
}

function hint(name: string, params: readonly KnownParams[]): string {
  const names = new Set(params.flatMap(({ elements }) => (elements ?? []).flatMap((element) => Object.keys(element))));
  const meant = closest(name, names);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** Where all elements are written out, and the name needs nothing but them. */
function* sameNames(resource: Resource, template: JsonObject, isGo: boolean): Iterable<Problem> {
  const name = valueAt(template, ['metadata', 'name']);
  const generators = listAt(resource, ['spec', 'generators']);
  const [only] = generators;
  if (typeof name !== 'string' || generators.length !== 1 || only === undefined) return;
  const elements = paramsOf(only, isGo)?.elements;
  const tags = tagsOf(name);
  if (elements === undefined || tags === undefined || applicationSpec(resource)?.mayGain !== false) return;
  const seen = new Set<string>();
  for (const element of elements) {
    const filled = fillIn(name, tags, element, isGo);
    if (filled === undefined) return;
    if (seen.has(filled)) {
      yield { path: ['spec', 'template', 'metadata', 'name'], message: `two Applications get the name "${filled}"` };
      return;
    }
    seen.add(filled);
  }
}

function fillIn(text: string, tags: readonly TemplateTag[], element: JsonObject, isGo: boolean): string | undefined {
  let filled = '';
  let from = 0;
  for (const { text: inner, start, end } of tags) {
    const name = isGo ? /^\.(\w+)$/.exec(inner)?.[1] : inner;
    const value = name === undefined ? undefined : member(element, name);
    if (typeof value !== 'string') return undefined;
    filled += text.slice(from, start) + value;
    from = end;
  }
  return filled + text.slice(from);
}
