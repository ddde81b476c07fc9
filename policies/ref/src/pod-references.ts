import {
  containersOf,
  type FieldPath,
  type Inventory,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type PlacedContainer,
  podSpecOf,
  type Resource,
} from '@plumbline/core';

export type ReferredKind = 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim';

/** One place where a pod names another object. */
export interface PodReference {
  readonly kind: ReferredKind;
  readonly name: string;
  /** Where the name is written. */
  readonly path: FieldPath;
  /** Whether the pod starts without the object. */
  readonly isOptional: boolean;
  readonly keys: readonly { readonly key: string; readonly path: FieldPath; readonly use: 'env' | 'item' | 'subPath' }[];
}

const known = new WeakMap<Resource, readonly PodReference[]>();

/** What the pods of a resource need of other objects in their namespace. */
export function podReferencesOf(resource: Resource): readonly PodReference[] {
  let references = known.get(resource);
  if (references === undefined) {
    references = read(resource);
    known.set(resource, references);
  }
  return references;
}

function read(resource: Resource): readonly PodReference[] {
  const pod = podSpecOf(resource);
  if (pod === undefined) return NONE;
  const found: PodReference[] = [];
  const containers = containersOf(resource);
  for (const { container, path } of containers) addEnvironment(container, path, found);
  for (const [index, volume] of items(pod.spec, 'volumes')) addVolume(volume, [...pod.path, 'volumes', index], containers, found);
  for (const [index, secret] of items(pod.spec, 'imagePullSecrets')) {
    // A pull secret that is not there is passed over; an image that needs it is not pulled.
    const reference = named('Secret', secret, 'name', [...pod.path, 'imagePullSecrets', index]);
    if (reference !== undefined) found.push({ ...reference, isOptional: true });
  }
  for (const key of ['serviceAccountName', 'serviceAccount']) {
    const name = member(pod.spec, key);
    if (typeof name !== 'string' || name === '') continue;
    found.push({ kind: 'ServiceAccount', name, path: [...pod.path, key], isOptional: false, keys: NO_KEYS });
    break;
  }
  return found;
}

const NONE: readonly PodReference[] = [];
const NO_KEYS: PodReference['keys'] = [];

function addVolume(volume: JsonObject, at: FieldPath, containers: readonly PlacedContainer[], found: PodReference[]): void {
  for (const [kind, source, field] of VOLUMES) {
    const value = member(volume, source);
    if (value === undefined) continue;
    const name = member(volume, 'name');
    const subPaths = kind !== 'PersistentVolumeClaim' && typeof name === 'string' ? subPathsOf(containers, name) : NO_KEYS;
    add(named(kind, value, field, [...at, source], subPaths), found);
  }
  for (const [part, source] of items(member(volume, 'projected'), 'sources')) {
    const from = [...at, 'projected', 'sources', part];
    add(named('ConfigMap', member(source, 'configMap'), 'name', [...from, 'configMap']), found);
    add(named('Secret', member(source, 'secret'), 'name', [...from, 'secret']), found);
  }
}

const VOLUMES = [
  ['ConfigMap', 'configMap', 'name'],
  ['Secret', 'secret', 'secretName'],
  ['PersistentVolumeClaim', 'persistentVolumeClaim', 'claimName'],
] as const;

function addEnvironment(container: JsonObject, path: FieldPath, found: PodReference[]): void {
  for (const [index, variable] of items(container, 'env')) {
    const from = member(variable, 'valueFrom');
    if (from === undefined) continue;
    const at = [...path, 'env', index, 'valueFrom'];
    for (const [kind, field] of KEY_REFS) {
      const source = member(from, field);
      const key = member(source, 'key');
      const reference = named(kind, source, 'name', [...at, field]);
      if (reference === undefined) continue;
      const keys = typeof key === 'string' && key !== '' ? [{ key, path: [...at, field, 'key'], use: 'env' as const }] : NO_KEYS;
      found.push({ ...reference, keys });
    }
  }
  for (const [index, source] of items(container, 'envFrom')) {
    const at = [...path, 'envFrom', index];
    add(named('ConfigMap', member(source, 'configMapRef'), 'name', [...at, 'configMapRef']), found);
    add(named('Secret', member(source, 'secretRef'), 'name', [...at, 'secretRef']), found);
  }
}

const KEY_REFS = [
  ['ConfigMap', 'configMapKeyRef'],
  ['Secret', 'secretKeyRef'],
] as const;

function add(reference: PodReference | undefined, found: PodReference[]): void {
  if (reference !== undefined) found.push(reference);
}

function named(
  kind: ReferredKind,
  source: JsonValue | undefined,
  field: string,
  path: FieldPath,
  subPaths: PodReference['keys'] = NO_KEYS,
): PodReference | undefined {
  const name = member(source, field);
  if (typeof name !== 'string' || name === '') return undefined;
  const keys = items(source, 'items').flatMap(([index, item]) => {
    const key = member(item, 'key');
    return typeof key === 'string' ? [{ key, path: [...path, 'items', index, 'key'], use: 'item' as const }] : [];
  });
  return {
    kind,
    name,
    path: [...path, field],
    isOptional: member(source, 'optional') === true,
    // With `items` the files bear other names than the keys.
    keys: keys.length > 0 ? keys : subPaths,
  };
}

function subPathsOf(containers: readonly PlacedContainer[], volume: string): PodReference['keys'] {
  return containers.flatMap(({ container, path }) =>
    items(container, 'volumeMounts').flatMap(([index, mount]) => {
      const key = member(mount, 'subPath');
      if (member(mount, 'name') !== volume || typeof key !== 'string' || key === '' || key === '.' || key.includes('/')) return [];
      return [{ key, path: [...path, 'volumeMounts', index, 'subPath'], use: 'subPath' as const }];
    }),
  );
}

function items(value: JsonValue | undefined, key: string): readonly (readonly [number, JsonObject])[] {
  const list = member(value, key);
  if (!isArray(list)) return NO_ITEMS;
  const found: (readonly [number, JsonObject])[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (isObject(item)) found.push([index, item]);
  }
  return found;
}

const NO_ITEMS: readonly (readonly [number, JsonObject])[] = [];

const referred = new WeakMap<Inventory, ReadonlyMap<string, number>>();

/** How many resources of the group name an object, by `kind name`. */
export function usesOf(inventory: Inventory, kind: ReferredKind, name: string): number {
  let uses = referred.get(inventory);
  if (uses === undefined) {
    const counts = new Map<string, number>();
    for (const resource of inventory.all()) {
      for (const key of new Set(podReferencesOf(resource).map((reference) => `${reference.kind} ${reference.name}`)))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    uses = counts;
    referred.set(inventory, uses);
  }
  return uses.get(`${kind} ${name}`) ?? 0;
}
