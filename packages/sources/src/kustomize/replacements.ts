import { isArray } from '@plumbline/core';
import type { Effect } from './effect.ts';
import { settingsOf } from './kustomization.ts';
import { REPLACEMENT } from './kustomization-shape.ts';
import type { BuildOptions, Loader } from './loader.ts';
import type { Mark } from './mark.ts';
import { isEmpty, type Node, overwrite, scalar, textOf, touch } from './node.ts';
import { findAll, lookUp, PathError, stepsOf } from './node-path.ts';
import { BuildError, NotBuiltError } from './problem.ts';
import { readDocuments } from './read-nodes.ts';
import { effectiveNamespace, isSelected, type ResId } from './res-id.ts';
import type { Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import { compile, selectorOf } from './selector.ts';
import { checkShape, type Settings } from './settings.ts';
import { replaceInJson } from './structured-text.ts';
import { WrittenText } from './written-text.ts';

/** The replacements of an entry: its own, or those of the file that it names. Throws a BuildError. */
export function replacementsOf(entry: Settings, loader: Loader): readonly Settings[] {
  const path = entry.text('path');
  if (path === '') return [entry];
  if (entry.get('source') !== undefined || entry.items('targets').length > 0) {
    throw entry.error('a replacement has either "path" or "source" and "targets", not both');
  }
  const settings = settingsOf(loader.load(path, (entry.get('path') ?? entry).mark(), 'overlay'));
  const list = isArray(settings.value) ? settings.elements() : [settings];
  for (const each of list) checkShape(each, REPLACEMENT, 'a replacement', true);
  return list;
}

/** Copies a value from one object into fields of others. */
export function replace(resources: ResourceMap, entry: Settings, options: BuildOptions, effectOf?: (target: Settings) => Effect): void {
  const source = entry.get('source');
  const given = entry.get('sourceValue');
  const targets = entry.get('targets');
  if ((source === undefined && given === undefined) || targets === undefined)
    throw entry.error('a replacement needs a source and at least one target');
  if (source !== undefined && given !== undefined) throw entry.error('a replacement has either "source" or "sourceValue", not both');
  const value = source === undefined ? scalar(String(given?.value ?? ''), (given ?? entry).mark()) : sourceOf(resources, source);
  for (const target of targets.elements()) applyTo(resources, value, target, { options, effect: effectOf?.(target) });
}

/** Ids that an object has and had; none of them says that it has no namespace. */
function idsOf(resource: Resource): ResId[] {
  return [{ ...resource.curId(), isClusterScoped: false }, ...resource.prevIds()];
}

function sourceOf(resources: ResourceMap, source: Settings): Node {
  const [name, namespace] = [source.text('name'), source.text('namespace')];
  const wanted = { group: source.text('group'), version: source.text('version'), kind: source.text('kind') };
  const space = namespace === '' ? 'default' : namespace;
  const isMeant = (id: ResId): boolean =>
    (name === '' || id.name === name) && (namespace === '' || effectiveNamespace(id) === space) && isSelected(id, wanted);
  const found = resources.list.filter((resource) => idsOf(resource).some(isMeant));
  const [only] = found;
  if (only === undefined) throw source.error('no object is the source of this replacement');
  if (found.length > 1) throw source.error(`${found.length} objects may be the source of this replacement; name one of them`);
  const path = source.text('fieldPath') || 'metadata.name';
  const at = source.get('fieldPath') ?? source;
  const node = inPath(at, () => lookUp(only.node, stepsOf(path)));
  if (node === undefined || isEmpty(node)) throw at.error(`the source of this replacement has nothing at ${path}`);
  return refined(node, source.get('options'));
}

function inPath<T>(at: Settings, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PathError) throw at.error(error.message);
    throw error;
  }
}

/** A part of the value, where a delimiter is given. */
function refined(node: Node, options: Settings | undefined): Node {
  const delimiter = options?.text('delimiter') ?? '';
  if (options === undefined || delimiter === '') return node;
  if (node.kind !== 'scalar') throw options.error('a delimiter can be used with a single value only');
  const parts = textOf(node).split(delimiter);
  const index = options.integer('index');
  const part = parts[index];
  if (index < 0 || part === undefined) throw options.error(`the value has no part ${index}, split at the delimiter`);
  const copy = node.copy();
  copy.value = part;
  return copy;
}

interface Applying {
  readonly options: BuildOptions;
  readonly effect: Effect | undefined;
}

function applyTo(resources: ResourceMap, value: Node, target: Settings, { options, effect }: Applying): void {
  const select = target.get('select');
  if (select === undefined) throw target.error('a target needs "select"');
  const chosen = selectorOf(select, options);
  const rejects = target.items('reject').map((reject) => selectorOf(reject, options));
  const paths = target.texts('fieldPaths');
  const fieldOptions = target.get('options');
  for (const resource of resources.list) {
    const ids = idsOf(resource);
    if (!chosen.labels(resource) || rejects.some((reject) => reject.hasLabels && reject.labels(resource))) continue;
    const matches = (selector: typeof chosen, id: ResId): boolean =>
      selector.kind(id) && selector.name(id.name) && selector.namespace(id.namespace);
    if (rejects.some((reject) => !reject.isEmptyId && ids.some((id) => matches(reject, id)))) continue;
    if (!ids.some((id) => matches(chosen, id))) continue;
    if (effect !== undefined) effect.matched = true;
    if (paths.length === 0) setAt(resource, 'metadata.name', target, value, fieldOptions, options);
    for (const { text, at } of paths) setAt(resource, text, at, value, fieldOptions, options);
  }
}

function setAt(
  resource: Resource,
  path: string,
  at: Settings,
  value: Node,
  fieldOptions: Settings | undefined,
  options: BuildOptions,
): void {
  const steps = stepsOf(path);
  const create = fieldOptions?.flag('create') === true ? value.kind : undefined;
  const search = { create, mark: at.mark(), compile: (pattern: string) => compile(pattern, options) };
  const inner = textOnTheWay(resource.node, steps);
  if (inner !== undefined) {
    const done = replaceInJson(inner.node, (root) => {
      const found = findAll(root, inner.rest, search);
      for (const node of found) setValue(node, value, fieldOptions, at.mark());
      return found.length > 0;
    });
    if (done === 'done') {
      touch(inner.node, value.mark);
      return;
    }
    if (done === 'yaml') throw new NotBuiltError('a replacement in YAML that lies in a text is not worked out');
  }
  const found = inPath(at, () => findAll(resource.node, steps, search));
  if (found.length === 0)
    throw at.error(`the target ${resource.kind} "${resource.name}" has no field ${path}; "create: true" would make it`);
  for (const node of found) setValue(node, value, fieldOptions, at.mark());
}

/** A text on the way to a field, which may hold the field as JSON or YAML. */
function textOnTheWay(root: Node, steps: readonly string[]): { readonly node: Node; readonly rest: readonly string[] } | undefined {
  for (let count = 1; count < steps.length; count++) {
    let node: Node | undefined;
    try {
      node = lookUp(root, steps.slice(0, count));
    } catch (error) {
      if (error instanceof PathError) continue;
      throw error;
    }
    if (node?.kind !== 'scalar') continue;
    try {
      const [parsed] = readDocuments(new WrittenText('', 'base', node.value));
      return parsed === undefined || parsed.kind === 'scalar' ? undefined : { node, rest: steps.slice(count) };
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
    }
  }
  return undefined;
}

function setValue(node: Node, value: Node, options: Settings | undefined, mark: Mark): void {
  const copy = value.copy();
  const delimiter = options?.text('delimiter') ?? '';
  if (options !== undefined && delimiter !== '') {
    if (node.kind !== 'scalar') throw options.error('a delimiter can be used with a single value only');
    const parts = node.value.split(delimiter);
    const index = options.integer('index');
    if (index < 0) parts.unshift(textOf(copy));
    else if (index >= parts.length) parts.push(textOf(copy));
    else parts[index] = textOf(copy);
    node.value = parts.join(delimiter);
    touch(node, value.mark);
    return;
  }
  if (node.kind !== 'scalar') {
    overwrite(node, copy);
    return;
  }
  const { tag, style } = node;
  const text = scalar(value.value, value.mark, tag, style);
  text.history = { mark, before: value.history ?? { mark: value.mark, before: undefined } };
  overwrite(node, text);
}
