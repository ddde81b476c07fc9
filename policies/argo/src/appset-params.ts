import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';

/** The parameters that a generator gives each Application, by dotted name; undefined where they are not all known. */
export interface KnownParams {
  has(name: string): boolean;
  /** Where each element is written out: its parameters that are texts. */
  readonly elements?: readonly JsonObject[];
}

/** The parameters of one entry of spec.generators. */
export function paramsOf(generator: JsonValue, isGoTemplate: boolean): KnownParams | undefined {
  if (!isObject(generator)) return undefined;
  const list = member(generator, 'list');
  if (isObject(list)) return paramsOfList(list);
  const clusters = member(generator, 'clusters');
  if (isObject(clusters)) return paramsOfClusters(clusters, isGoTemplate);
  const git = member(generator, 'git');
  if (isObject(git)) return paramsOfGit(git);
  for (const kind of ['matrix', 'merge']) {
    const inner = member(member(generator, kind), 'generators');
    if (!isArray(inner)) continue;
    const all = inner.map((each) => paramsOf(each, isGoTemplate));
    if (all.length === 0 || all.includes(undefined)) return undefined;
    return { has: (name) => all.some((each) => each?.has(name) === true) };
  }
  return undefined;
}

function paramsOfList(list: JsonObject): KnownParams | undefined {
  const elements = member(list, 'elements');
  if (member(list, 'elementsYaml') !== undefined || !isArray(elements) || elements.length === 0) return undefined;
  if (!elements.every(isObject)) return undefined;
  // One that some elements have is no slip.
  return { has: (name) => elements.some((element) => hasPath(element, name)), elements };
}

/** `metadata` holds what the Secret of a cluster is labelled with. */
function paramsOfClusters(clusters: JsonObject, isGoTemplate: boolean): KnownParams {
  const values = member(clusters, 'values');
  const own = new Set(['name', 'nameNormalized', 'server', 'project']);
  return {
    has: (name) =>
      own.has(name) ||
      name.startsWith('metadata.labels') ||
      name.startsWith('metadata.annotations') ||
      (isGoTemplate && name === 'metadata') ||
      hasValue(values, name),
  };
}

function paramsOfGit(git: JsonObject): KnownParams | undefined {
  const files = member(git, 'files');
  // Files hold whatever they hold.
  if (isArray(files) && files.length > 0) return undefined;
  const directories = member(git, 'directories');
  if (!isArray(directories) || directories.length === 0) return undefined;
  const prefix = member(git, 'pathParamPrefix');
  const root = typeof prefix === 'string' && prefix !== '' ? `${prefix}.path` : 'path';
  const values = member(git, 'values');
  return { has: (name) => name === root || name.startsWith(`${root}.`) || name.startsWith(`${root}[`) || hasValue(values, name) };
}

function hasValue(values: JsonValue | undefined, name: string): boolean {
  if (name === 'values') return isObject(values);
  return name.startsWith('values.') && isObject(values) && Object.hasOwn(values, name.slice(7));
}

/** Whether an element has a member by a dotted name. */
function hasPath(element: JsonObject, name: string): boolean {
  if (Object.hasOwn(element, name)) return true;
  let at: JsonValue | undefined = element;
  for (const step of name.split('.')) {
    if (!isObject(at) || !Object.hasOwn(at, step)) return false;
    at = member(at, step);
  }
  return true;
}
