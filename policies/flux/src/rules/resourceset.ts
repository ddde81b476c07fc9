import {
  closest,
  type FieldPath,
  isArray,
  isObject,
  isWritten,
  type JsonValue,
  listAt,
  mayGainFields,
  type Problem,
  type Resource,
  type ResourceRule,
  valueAt,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { RESOURCE_SET } from '../kinds.ts';

// What the operator adds to each set of inputs itself.
const ALWAYS = new Set(['id', 'provider']);
const set = (input: string): string =>
  example('ResourceSet', [
    'inputs:',
    '  - tenant: shop',
    'resources:',
    '  - apiVersion: v1',
    '    kind: Namespace',
    '    metadata:',
    `      name: << inputs.${input} >>`,
  ]);

export const rule: ResourceRule = {
  id: 'flux/resourceset',
  title: 'The templates of a ResourceSet can be filled in',
  why: 'With an input that nobody gives, or a tag that is not closed, the operator makes none of the objects of the set.',
  remedy: 'Correct the name of the input, or add it to every entry of spec.inputs.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxoperator.dev/docs/crd/resourceset/',
  examples: { pass: set('tenant'), fail: set('tennant') },
  kinds: [RESOURCE_SET],
  *check(resource): Iterable<Problem> {
    const inputs = inputsOf(resource);
    for (const { text, path } of textsOf(resource)) {
      const tags = text.split('<<').slice(1);
      if (tags.some((tag) => !tag.includes('>>'))) {
        yield { path, message: 'a tag "<<" of the template is not closed' };
        continue;
      }
      const missing = new Set(
        tags.flatMap((tag) => namesIn(tag.slice(0, tag.indexOf('>>')))).filter((name) => inputs !== undefined && !inputs.has(name)),
      );
      for (const name of missing) {
        const meant = closest(name, inputs ?? []);
        yield { path, message: `not every entry of spec.inputs has "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}` };
      }
    }
  },
};

/** The names that each entry of spec.inputs has; undefined where inputs come from elsewhere too. */
function inputsOf(resource: Resource): ReadonlySet<string> | undefined {
  if (isWritten(resource, ['spec', 'inputsFrom']) || isWritten(resource, ['spec', 'inputStrategy']) || mayGainFields(resource))
    return undefined;
  const [first, ...others] = listAt(resource, ['spec', 'inputs']).filter(isObject);
  if (first === undefined) return undefined;
  return new Set([...ALWAYS, ...Object.keys(first).filter((name) => others.every((other) => Object.hasOwn(other, name)))]);
}

/** The inputs that a tag needs: those that it asks for by their plain name, outside of texts, and without another value at hand. */
function namesIn(tag: string): readonly string[] {
  if (/\b(?:default|get|dig|hasKey|if|with|range|and|or|coalesce)\b/.test(tag)) return [];
  return [...tag.replace(/"[^"]*"|`[^`]*`/g, '').matchAll(/(?<![\w.$])inputs\.(\w+)/g)].map(([, name = '']) => name);
}

interface PlacedText {
  readonly text: string;
  readonly path: FieldPath;
}

function* textsOf({ object }: Resource): Iterable<PlacedText> {
  const template = valueAt(object, ['spec', 'resourcesTemplate']);
  if (typeof template === 'string') yield { text: template, path: ['spec', 'resourcesTemplate'] };
  yield* within(valueAt(object, ['spec', 'resources']), ['spec', 'resources'], 0);
}

function* within(value: JsonValue | undefined, path: FieldPath, depth: number): Iterable<PlacedText> {
  if (typeof value === 'string') {
    if (value.includes('<<')) yield { text: value, path };
  } else if (depth > 40) return;
  else if (isArray(value)) for (const [index, item] of value.entries()) yield* within(item, [...path, index], depth + 1);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* within(item, [...path, key], depth + 1);
}
