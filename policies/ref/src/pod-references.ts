import {
  containersOf,
  type FieldPath,
  type Inventory,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
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
    references = [...read(resource)];
    known.set(resource, references);
  }
  return references;
}

function* read(resource: Resource): Iterable<PodReference> {
  const pod = podSpecOf(resource);
  if (pod === undefined) return;
  const containers = [...containersOf(resource)];
  for (const { container, path } of containers) yield* environment(container, path);
  for (const [index, volume] of items(pod.spec, 'volumes')) {
    const at = [...pod.path, 'volumes', index];
    const name = member(volume, 'name');
    const subPaths = typeof name === 'string' ? subPathsOf(containers, name) : [];
    yield* named('ConfigMap', member(volume, 'configMap'), 'name', [...at, 'configMap'], subPaths);
    yield* named('Secret', member(volume, 'secret'), 'secretName', [...at, 'secret'], subPaths);
    yield* named('PersistentVolumeClaim', member(volume, 'persistentVolumeClaim'), 'claimName', [...at, 'persistentVolumeClaim'], []);
    for (const [part, source] of items(member(volume, 'projected'), 'sources')) {
      const from = [...at, 'projected', 'sources', part];
      yield* named('ConfigMap', member(source, 'configMap'), 'name', [...from, 'configMap'], []);
      yield* named('Secret', member(source, 'secret'), 'name', [...from, 'secret'], []);
    }
  }
  for (const [index, secret] of items(pod.spec, 'imagePullSecrets')) {
    // A pull secret that is not there is passed over; an image that needs it is not pulled.
    for (const reference of named('Secret', secret, 'name', [...pod.path, 'imagePullSecrets', index], []))
      yield { ...reference, isOptional: true };
  }
  for (const key of ['serviceAccountName', 'serviceAccount']) {
    const name = member(pod.spec, key);
    if (typeof name !== 'string' || name === '') continue;
    yield { kind: 'ServiceAccount', name, path: [...pod.path, key], isOptional: false, keys: [] };
    break;
  }
}

function* environment(container: JsonObject, path: FieldPath): Iterable<PodReference> {
  for (const [index, variable] of items(container, 'env')) {
    const from = member(variable, 'valueFrom');
    const at = [...path, 'env', index, 'valueFrom'];
    for (const [kind, field] of KEY_REFS) {
      const source = member(from, field);
      const key = member(source, 'key');
      const keys = typeof key === 'string' && key !== '' ? [{ key, path: [...at, field, 'key'], use: 'env' as const }] : [];
      for (const reference of named(kind, source, 'name', [...at, field], [])) yield { ...reference, keys };
    }
  }
  for (const [index, source] of items(container, 'envFrom')) {
    const at = [...path, 'envFrom', index];
    yield* named('ConfigMap', member(source, 'configMapRef'), 'name', [...at, 'configMapRef'], []);
    yield* named('Secret', member(source, 'secretRef'), 'name', [...at, 'secretRef'], []);
  }
}

const KEY_REFS = [
  ['ConfigMap', 'configMapKeyRef'],
  ['Secret', 'secretKeyRef'],
] as const;

function* named(
  kind: ReferredKind,
  source: JsonValue | undefined,
  field: string,
  path: FieldPath,
  subPaths: PodReference['keys'],
): Iterable<PodReference> {
  const name = member(source, field);
  if (typeof name !== 'string' || name === '') return;
  const keys = [...items(source, 'items')].flatMap(([index, item]) => {
    const key = member(item, 'key');
    return typeof key === 'string' ? [{ key, path: [...path, 'items', index, 'key'], use: 'item' as const }] : [];
  });
  yield {
    kind,
    name,
    path: [...path, field],
    isOptional: member(source, 'optional') === true,
    // With `items` the files bear other names than the keys.
    keys: keys.length > 0 ? keys : subPaths,
  };
}

function subPathsOf(containers: readonly { container: JsonObject; path: FieldPath }[], volume: string): PodReference['keys'] {
  return containers.flatMap(({ container, path }) =>
    [...items(container, 'volumeMounts')].flatMap(([index, mount]) => {
      const key = member(mount, 'subPath');
      if (member(mount, 'name') !== volume || typeof key !== 'string' || key === '' || key === '.' || key.includes('/')) return [];
      return [{ key, path: [...path, 'volumeMounts', index, 'subPath'], use: 'subPath' as const }];
    }),
  );
}

function* items(value: JsonValue | undefined, key: string): Iterable<readonly [number, JsonObject]> {
  const list = member(value, key);
  if (!isArray(list)) return;
  for (const [index, item] of list.entries()) if (isObject(item)) yield [index, item];
}

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
