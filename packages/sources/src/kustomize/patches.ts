import type { SourceFile } from '@plumbline/core';
import { closest, parse } from '@plumbline/core';
import type { Shared } from './accumulator.ts';
import { type Effect, watched } from './effect.ts';
import { applyJsonPatch, type Operation, operationsOf } from './json-patch.ts';
import { type Loader, textOfFile, writtenText } from './loader.ts';
import { merge } from './merge.ts';
import { field, isEmpty, isNull, type Node, removeField, scalar } from './node.ts';
import { BuildError } from './problem.ts';
import { readDocuments, readObjects } from './read-nodes.ts';
import { describe, isSameId, type ResId } from './res-id.ts';
import { Resource } from './resource.ts';
import { nameMark, type ResourceMap } from './resource-map.ts';
import { type Selector, select, selectorOf } from './selector.ts';
import { setField } from './set-field.ts';
import type { Settings } from './settings.ts';
import { embeddedText, WrittenText } from './written-text.ts';

/** A patch that was read: objects to merge, or operations. */
type Patch = { readonly objects: readonly Resource[] } | { readonly operations: readonly Operation[] };

/** Reads an entry of `patches` and gives what applies it. Throws a BuildError. */
export function patchOf(entry: Settings, loader: Loader, shared: Shared, effect?: Effect): (resources: ResourceMap) => void {
  const written = textOfPatch(entry, loader);
  const patch = readPatch(written, entry);
  const targetSettings = entry.get('target');
  const target = targetSettings === undefined ? undefined : selectorOf(targetSettings, loader.session.options);
  if ('operations' in patch) {
    if (target === undefined) throw entry.error('a JSON patch needs a target');
    return (resources) => {
      for (const resource of select(resources.list, target)) {
        resource.storePreviousId();
        watched(effect, resource, () => patchByOperations(resource, patch.operations));
      }
    };
  }
  const { objects } = patch;
  const options = entry.get('options');
  for (const object of objects) {
    object.allowsNameChange = options?.flag('allowNameChange') ?? false;
    object.allowsKindChange = options?.flag('allowKindChange') ?? false;
  }
  if (target !== undefined) return (resources) => mergeIntoTargets(resources, objects, target, entry, { shared, effect });
  return (resources) => {
    for (const object of objects) {
      const resource = targetOf(resources, object);
      watched(effect, resource, () => mergeInto(resource, object, shared));
    }
  };
}

/** Reads an entry of `patchesStrategicMerge`: a patch, or the path of a file of patches; undefined where it holds none. */
export function strategicPatchOf(
  entry: Settings,
  loader: Loader,
  shared: Shared,
  effect?: Effect,
): ((resources: ResourceMap) => void) | undefined {
  const text = typeof entry.value === 'string' ? entry.value : '';
  const objects = strategicObjects(text, entry, loader);
  if (objects.length === 0) return undefined;
  return (resources) => {
    for (const object of objects) mergeSelected(resources, [targetOf(resources, object)], object, { shared, effect });
  };
}

function strategicObjects(text: string, entry: Settings, loader: Loader): readonly Resource[] {
  if (text.includes('\n') || text.includes(': ')) {
    return readObjects(inlineText(text, entry, loader)).map((node) => new Resource(node));
  }
  return readObjects(writtenText(loader.load(text, entry.mark(), 'patch'), 'patch')).map((node) => new Resource(node));
}

/** Reads an entry of `patchesJson6902`. */
export function operationsPatchOf(entry: Settings, loader: Loader, effect?: Effect): (resources: ResourceMap) => void {
  const targetSettings = entry.get('target');
  if (targetSettings === undefined || targetSettings.text('name') === '')
    throw (targetSettings ?? entry).error('a JSON patch needs a target with a name');
  const target = selectorOf(targetSettings, loader.session.options);
  const written = textOfPatch(entry, loader, 'jsonOp');
  const operations = readOperations(written, entry);
  if (operations === undefined || operations.length === 0) throw entry.error('the patch is no list of operations');
  return (resources) => {
    for (const resource of select(resources.list, target)) watched(effect, resource, () => patchByOperations(resource, operations));
  };
}

function textOfPatch(entry: Settings, loader: Loader, inline = 'patch'): WrittenText {
  const path = entry.text('path');
  const own = entry.get('patch') ?? entry.get(inline);
  const text = typeof own?.value === 'string' ? own.value : '';
  if (path === '' && text.trim() === '') throw entry.error('a patch needs "path" or "patch"');
  if (path !== '' && text.trim() !== '') throw entry.error('a patch has either "path" or "patch", not both');
  if (path === '' && own !== undefined) return inlineText(text, own, loader);
  return writtenText(loader.load(path, (entry.get('path') ?? entry).mark(), 'patch'), 'patch');
}

/** The text of a scalar of a kustomization, which stands in its file. */
function inlineText(text: string, at: Settings, loader: Loader): WrittenText {
  const mark = at.mark();
  const file = loader.session.reader.read(mark.file);
  return file === undefined ? new WrittenText(mark.file, 'patch', text) : embeddedText(textOfFile(file), mark, 'patch', text);
}

function readPatch(written: WrittenText, entry: Settings): Patch {
  let objects: readonly Resource[] | undefined;
  let why: BuildError | undefined;
  try {
    objects = readObjects(written).map((node) => new Resource(node));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    why = error;
  }
  const operations = objects !== undefined && objects.length > 0 ? undefined : readOperations(written, entry);
  if (objects !== undefined) return { objects };
  if (operations !== undefined) return { operations };
  throw why ?? entry.error('this is neither an object to merge nor a list of operations');
}

/** The operations of a text; undefined where it holds none. Its values are those that Kubernetes' YAML has; what begins as JSON must be JSON. */
function readOperations(written: WrittenText, entry: Settings): readonly Operation[] | undefined {
  if (written.text.startsWith('[') && !isJson(written.text)) return undefined;
  const file: SourceFile = { path: written.file, bytes: new TextEncoder().encode(written.text) };
  const [document] = parse(file);
  if (document === undefined || document.problems.some(({ level }) => level === 'fatal')) return undefined;
  let node: Node | undefined;
  try {
    [node] = readDocuments(written);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
  }
  return operationsOf(document.value, node, entry.mark());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function patchByOperations(resource: Resource, operations: readonly Operation[]): void {
  applyJsonPatch(resource, operations);
  // Of what kustomize keeps in annotations it saves some over a patch, but not where the object came from.
  if (operations.some(({ op, path, from }) => ALL_ANNOTATIONS.test(path) || (op === 'move' && ALL_ANNOTATIONS.test(from))))
    resource.dropOrigin();
  const [first] = operations;
  resource.setMap('annotations', resource.annotations(), first?.mark ?? resource.node.mark);
}

const ALL_ANNOTATIONS = /^(?:\/metadata(?:\/annotations)?)?$/;

/** Whether a patch to merge takes away all annotations that there are. */
function takesAnnotations(patch: Node): boolean {
  const metadata = field(patch, 'metadata');
  const annotations = field(metadata, 'annotations');
  if (annotations !== undefined && isNull(annotations)) return true;
  return [patch, metadata, annotations].some((node) => ['replace', 'delete'].includes(field(node, '$patch')?.value ?? ''));
}

function targetOf(resources: ResourceMap, patch: Resource): Resource {
  const id = patch.orgId();
  const found = resources.byAnyId((each) => isSameId(each, id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const why = found.length > 1 ? 'more than one object' : 'no object';
  throw new BuildError(
    `the patch fits ${why}: there is ${found.length > 1 ? 'more than one' : 'no'} ${describe(id)} here${found.length > 1 ? '' : guessOf(resources, id)}`,
    nameMark(patch),
  );
}

/** An object of the kind whose name is like the one asked for, or the same in another namespace. */
function guessOf(resources: ResourceMap, { kind, group, name }: ResId): string {
  const ids = resources.list.map((resource) => resource.orgId()).filter((id) => id.kind === kind && id.group === group);
  const same = ids.find((id) => id.name === name);
  if (same !== undefined)
    return `; there is ${describe(same) === `${kind} "${name}"` ? `${describe(same)} without a namespace` : describe(same)}`;
  const similar = closest(name, new Set(ids.map((id) => id.name)));
  return similar === undefined ? '' : `; did you mean "${similar}"?`;
}

/** What merging goes by, and who minds what it does. */
interface Merging {
  readonly shared: Shared;
  readonly effect: Effect | undefined;
}

function mergeIntoTargets(resources: ResourceMap, objects: readonly Resource[], target: Selector, entry: Settings, by: Merging): void {
  const [object] = objects;
  if (objects.length > 1) throw entry.error('a patch with a target may hold one object only');
  if (object !== undefined) mergeSelected(resources, select(resources.list, target), object, by);
}

/** Merges a copy of the patch into each object; labels and annotations of the patch are texts then, so that null removes none. */
function mergeSelected(resources: ResourceMap, selected: readonly Resource[], patch: Resource, { shared, effect }: Merging): void {
  const chosen = new Set(selected);
  const before = resources.list;
  for (const resource of before) {
    if (!chosen.has(resource)) continue;
    const copy = patch.copy();
    for (const name of ['labels', 'annotations'] as const) copy.setMap(name, copy[name](), patch.node.mark);
    // The patch is taken for one of the object's own version, and of the kind that it says.
    for (const [name, text] of [
      ['apiVersion', resource.apiVersion],
      ['kind', copy.kind],
    ] as const) {
      setField(copy.node, name, scalar(text, field(copy.node, name)?.mark ?? resource.node.mark));
    }
    watched(effect, resource, () => mergeInto(resource, copy, shared));
  }
  resources.list = [];
  resources.appendAll(before.filter(({ node }) => !isEmpty(node)));
}

/** Merges a patch into an object, which keeps its kind, name and namespace unless the patch may change them. */
function mergeInto(resource: Resource, patch: Resource, shared: Shared): void {
  if (patch.allowsNameChange || patch.allowsKindChange) resource.storePreviousId();
  const { node, namespace } = resource;
  const kind = field(node, 'kind')?.copy();
  const apiVersion = field(node, 'apiVersion')?.copy();
  const metadata = field(node, 'metadata');
  const name = field(metadata, 'name')?.copy();
  const ownNamespace = field(metadata, 'namespace')?.copy();
  const isCleared = takesAnnotations(patch.node);
  if (merge(node, patch.node, shared.schemaOf) === undefined) {
    node.content = [];
    return;
  }
  if (isCleared) resource.dropState();
  keep(node, 'apiVersion', apiVersion);
  if (!patch.allowsKindChange && kind !== undefined) restore(node, 'kind', kind);
  const into = resource.ensureMap('metadata', patch.node.mark);
  if (!patch.allowsNameChange && name !== undefined) restore(into, 'name', name);
  else keep(into, 'name', name);
  if (namespace === '') removeField(into, 'namespace');
  else if (ownNamespace !== undefined) restore(into, 'namespace', ownNamespace);
}

/** Puts back what a patch only said to find its object. */
function restore(map: Node, name: string, value: Node): void {
  const found = field(map, name);
  if (found === undefined) map.push(scalar(name, value.mark), value);
  else Object.assign(found, { ...value, tag: '', style: found.style });
}

/** A value that the patch repeats stands where it stood. */
function keep(map: Node, name: string, value: Node | undefined): void {
  const found = field(map, name);
  if (found === undefined || value === undefined || found.value !== value.value) return;
  found.mark = value.mark;
  found.history = value.history;
}
