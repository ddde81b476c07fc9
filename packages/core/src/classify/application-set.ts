import type { Document } from '../read/document.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member, setMember, valueAt } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import { fillTemplate, type Parameters } from './application-template.ts';

/** What generators look at in the repository. */
export interface GeneratorInputs {
  /** All folders, `''` for the root left out. */
  readonly folders: Iterable<string>;
  /** Paths of all files in sight. */
  readonly files: Iterable<string>;
  /** The values of the documents of a file; undefined where it is not in sight. */
  values(path: string): readonly (JsonValue | undefined)[] | undefined;
}

/** Sets of parameters; more than these no honest ApplicationSet gives. */
const MOST = 5_000;
/** Wildcards in a pattern: to match more of them may take long. */
const MOST_WILDCARDS = 8;

/** The Applications that an ApplicationSet makes; undefined where that hangs on a cluster, on another repository, or on what is not read here. */
export function applicationsOf(set: Document, inputs: GeneratorInputs): readonly Document[] | undefined {
  const spec = member(set.value, 'spec');
  const template = member(spec, 'template');
  const generators = member(spec, 'generators');
  if (!isObject(template) || !isArray(generators) || member(spec, 'templatePatch') !== undefined) return undefined;
  const isGo = member(spec, 'goTemplate') === true;
  const documents: Document[] = [];
  for (const generator of generators) {
    const all = parametersOf(generator, isGo, inputs);
    if (all === undefined || documents.length + all.length > MOST) return undefined;
    for (const parameters of all) {
      const filled = fillTemplate(template, parameters, isGo);
      if (!isObject(filled)) return undefined;
      documents.push(new GeneratedApplication(set, filled));
    }
  }
  return documents;
}

/** The sets of parameters that a generator gives. */
function parametersOf(generator: JsonValue, isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  if (!isObject(generator)) return undefined;
  const [kind, ...others] = Object.keys(generator);
  // A selector, or a template of its own, beside the generator.
  if (kind === undefined || others.length > 0) return undefined;
  const settings = generator[kind];
  if (!isObject(settings) || member(settings, 'template') !== undefined) return undefined;
  switch (kind) {
    case 'list':
      return listed(settings, isGo);
    case 'git':
      return fromGit(settings, isGo, inputs);
    case 'matrix':
      return matrix(settings, isGo, inputs);
    case 'merge':
      return merged(settings, isGo, inputs);
    default:
      return undefined;
  }
}

function listed(settings: JsonObject, isGo: boolean): readonly Parameters[] | undefined {
  const elements = settings.elements ?? [];
  if (settings.elementsYaml !== undefined || !isArray(elements)) return undefined;
  const all: Parameters[] = [];
  for (const element of elements) {
    if (!isObject(element)) return undefined;
    if (isGo) all.push(element);
    else {
      const flat = flattenList(element);
      if (flat === undefined) return undefined;
      all.push(flat);
    }
  }
  return all;
}

/** Without Go templates an element has texts only, but for the texts below `values`. */
function flattenList(element: JsonObject): Parameters | undefined {
  const flat: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(element)) {
    if (key === 'values' && isObject(value)) {
      for (const [name, text] of Object.entries(value)) {
        if (typeof text !== 'string') return undefined;
        setMember(flat, `values.${name}`, text);
      }
    } else if (typeof value === 'string') setMember(flat, key, value);
    else return undefined;
  }
  return flat;
}

function fromGit(settings: JsonObject, isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  const { directories, files, values } = settings;
  if (values !== undefined && !isObject(values)) return undefined;
  if (settings.pathParamPrefix !== undefined && settings.pathParamPrefix !== '') return undefined;
  const found = isArray(directories) ? inDirectories(directories, isGo, inputs) : isArray(files) ? inFiles(files, isGo, inputs) : undefined;
  if (found === undefined || values === undefined) return found;
  const withValues: Parameters[] = [];
  for (const parameters of found) {
    const own = fillTemplate(values, parameters, isGo);
    if (!isObject(own)) return undefined;
    withValues.push(isGo ? { ...parameters, values: own } : { ...parameters, ...flatten(own, 'values') });
  }
  return withValues;
}

function inDirectories(patterns: readonly JsonValue[], isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  const wanted: RegExp[] = [];
  const unwanted: RegExp[] = [];
  for (const pattern of patterns) {
    const path = member(pattern, 'path');
    const expression = typeof path === 'string' ? pathPattern(path, false) : undefined;
    if (expression === undefined) return undefined;
    (member(pattern, 'exclude') === true ? unwanted : wanted).push(expression);
  }
  const found = [...inputs.folders].filter(
    (folder) =>
      folder !== '' &&
      !/(?:^|\/)\./.test(folder) &&
      wanted.some((pattern) => pattern.test(folder)) &&
      !unwanted.some((pattern) => pattern.test(folder)),
  );
  return found.sort().map((folder) => pathParameters(folder, undefined, isGo));
}

function inFiles(patterns: readonly JsonValue[], isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  const wanted: RegExp[] = [];
  const unwanted: RegExp[] = [];
  for (const pattern of patterns) {
    const path = member(pattern, 'path');
    const expression = typeof path === 'string' ? pathPattern(path, true) : undefined;
    if (expression === undefined) return undefined;
    (member(pattern, 'exclude') === true ? unwanted : wanted).push(expression);
  }
  const all: Parameters[] = [];
  const matching = [...inputs.files].filter(
    (path) => wanted.some((pattern) => pattern.test(path)) && !unwanted.some((pattern) => pattern.test(path)),
  );
  for (const path of matching.sort()) {
    const values = inputs.values(path);
    const [value] = values ?? [];
    if (values === undefined || values.length !== 1) return undefined;
    for (const each of isArray(value) ? value : [value]) {
      if (!isObject(each)) return undefined;
      const slash = path.lastIndexOf('/');
      const place = pathParameters(slash < 0 ? '' : path.slice(0, slash), path.slice(slash + 1), isGo);
      all.push(isGo ? { ...each, ...place } : { ...flatten(each, ''), ...place });
    }
  }
  return all;
}

/** What a folder, and a file in it, gives to templates. */
function pathParameters(folder: string, filename: string | undefined, isGo: boolean): Parameters {
  const segments = folder.split('/');
  const basename = segments.at(-1) ?? '';
  const parts: Record<string, JsonValue> = { basename, basenameNormalized: normalized(basename) };
  if (filename !== undefined) {
    parts.filename = filename;
    parts.filenameNormalized = normalized(filename);
  }
  if (isGo) return { path: { ...parts, path: folder, segments } };
  const flat: Record<string, JsonValue> = { path: folder };
  for (const [key, value] of Object.entries(parts)) setMember(flat, `path.${key}`, value);
  for (const [index, segment] of segments.entries()) if (segment !== '') setMember(flat, `path[${index}]`, segment);
  return flat;
}

/** A name that DNS takes. */
function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

function matrix(settings: JsonObject, isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  const { generators } = settings;
  const [first, second, third] = isArray(generators) ? generators : [];
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const outer = parametersOf(first, isGo, inputs);
  const all: Parameters[] = [];
  for (const parameters of outer ?? []) {
    // The second may be written with what the first gives.
    const own = fillTemplate(second, parameters, isGo, true);
    const inner = own === undefined ? undefined : parametersOf(own, isGo, inputs);
    if (inner === undefined || all.length + inner.length > MOST) return undefined;
    for (const each of inner) {
      // What both say must be the same.
      if (Object.keys(each).some((key) => Object.hasOwn(parameters, key) && JSON.stringify(parameters[key]) !== JSON.stringify(each[key])))
        return undefined;
      all.push({ ...parameters, ...each });
    }
  }
  return outer === undefined ? undefined : all;
}

function merged(settings: JsonObject, isGo: boolean, inputs: GeneratorInputs): readonly Parameters[] | undefined {
  const { generators, mergeKeys } = settings;
  if (!isArray(generators) || generators.length < 2 || !isArray(mergeKeys) || mergeKeys.length === 0) return undefined;
  const keys = mergeKeys.filter((key) => typeof key === 'string');
  const sets = generators.map((generator) => parametersOf(generator, isGo, inputs));
  const [base, ...others] = sets;
  // Keys of nested parameters are looked up by their first member only with Go templates; that is left alone.
  if (base === undefined || isGo) return undefined;
  const keyOf = (parameters: Parameters): string => JSON.stringify(keys.map((key) => parameters[key] ?? null));
  const byKey = new Map(base.map((parameters) => [keyOf(parameters), parameters]));
  if (byKey.size < base.length) return undefined;
  for (const other of others) {
    if (other === undefined) return undefined;
    for (const parameters of other) {
      const key = keyOf(parameters);
      const before = byKey.get(key);
      if (before !== undefined) byKey.set(key, { ...before, ...parameters });
    }
  }
  return [...byKey.values()];
}

/** Nested values as `a.b.c`; items of lists as `a[0]`. */
function flatten(value: JsonObject, prefix: string): Parameters {
  const flat: Record<string, JsonValue> = {};
  const visit = (at: string, each: JsonValue): void => {
    if (isObject(each)) for (const [key, inner] of Object.entries(each)) visit(at === '' ? key : `${at}.${key}`, inner);
    else if (isArray(each)) for (const [index, inner] of each.entries()) visit(`${at}[${index}]`, inner);
    else if (each !== null) setMember(flat, at, String(each));
  };
  visit(prefix, value);
  return flat;
}

/** A pattern of paths: `*` stays within a segment; `**` goes deeper where `isDeep`. Undefined where it is not understood, or a template. */
function pathPattern(pattern: string, isDeep: boolean): RegExp | undefined {
  if (/[[\]\\]|\{\{/.test(pattern)) return undefined;
  const plain = pattern.replace(/^\.?\/+|\/+$/g, '');
  if (!isDeep && plain.includes('**')) return undefined;
  if ((plain.match(/\*+|\?/g)?.length ?? 0) > MOST_WILDCARDS) return undefined;
  let source = '';
  for (const part of plain.split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/)) {
    if (part === '**/') source += '(?:.*/)?';
    else if (part === '**') source += '.*';
    else if (part === '*') source += '[^/]*';
    else if (part === '?') source += '[^/]';
    else if (part.startsWith('{')) return undefined;
    else source += part.replace(/[.+^$()|]/g, '\\$&');
  }
  return new RegExp(`^${source}$`);
}

/** An Application as the template of an ApplicationSet gives it: its fields stand in the template. */
export class GeneratedApplication implements Document {
  readonly index = 0;
  readonly problems = [];
  readonly text = '';
  readonly value: JsonValue;
  /** The ApplicationSet. */
  readonly set: Document;

  constructor(set: Document, template: JsonObject) {
    this.set = set;
    const { metadata, spec } = template;
    const namespace = valueAt(set.value, ['metadata', 'namespace']);
    this.value = {
      apiVersion: member(set.value, 'apiVersion') ?? '',
      kind: 'Application',
      metadata: { ...(namespace === undefined ? {} : { namespace }), ...(isObject(metadata) ? metadata : {}) },
      spec: spec ?? null,
    };
  }

  get file(): Document['file'] {
    return this.set.file;
  }

  get range(): Range {
    return this.set.range;
  }

  rangeOf(path: FieldPath, part?: 'key' | 'value'): Range {
    const isOwn = path[0] === 'apiVersion' || path[0] === 'kind';
    return this.set.rangeOf(isOwn ? path : ['spec', 'template', ...path], part);
  }
}
