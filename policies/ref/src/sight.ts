import { type Inventory, type Resource, type RuleContext, type Unit, valueAt } from '@plumbline/core';
import { createNamespaceIndex, type NamespaceIndex } from './namespace-index.ts';

/** Where a reference looks for its object. A namespace that is not written is set when the unit is applied. */
export interface Place {
  readonly namespace: string | undefined;
  readonly unit: Unit;
}

export function placeOf(resource: Resource): Place {
  return { namespace: resource.namespace, unit: resource.unit };
}

/** Whether the resource may turn out to be in the place: a build or `kubectl apply -n` may still set a namespace. */
export function mayBeIn(resource: Resource, { namespace }: Place): boolean {
  return namespace === undefined || resource.namespace === undefined || resource.namespace === namespace || isMovable(resource);
}

/** Whether the resource is in the place and will be what its file says. */
export function isSurelyIn(resource: Resource, { namespace, unit }: Place): boolean {
  if (resource.unit.state !== 'as-applied') return false;
  if (resource.namespace !== undefined && resource.namespace === namespace) return true;
  if (resource.unit !== unit) return false;
  return (resource.namespace ?? 'default') === (namespace ?? 'default');
}

const namesakesOf = new WeakMap<Inventory, Map<string, NamespaceIndex<Resource>>>();

function indexOf(inventory: Inventory, kind: string): NamespaceIndex<Resource> {
  let kinds = namesakesOf.get(inventory);
  if (kinds === undefined) {
    kinds = new Map();
    namesakesOf.set(inventory, kinds);
  }
  let index = kinds.get(kind);
  if (index === undefined) {
    index = createNamespaceIndex();
    for (const resource of inventory.byKind(kind)) index.add(resource.name, resource.namespace, resource, isMovable(resource));
    kinds.set(kind, index);
  }
  return index;
}

/** All resources of a kind and name, in whichever namespace. */
export function namesakes(inventory: Inventory, kind: string, name: string): readonly Resource[] {
  return indexOf(inventory, kind).get(name, undefined);
}

/** The resources that a reference may mean. */
export function find(inventory: Inventory, kind: string, name: string, place: Place): readonly Resource[] {
  return indexOf(inventory, kind).get(name, place.namespace);
}

/** Whether a build that was not run may give it another namespace. */
export function isMovable(resource: Resource): boolean {
  return resource.unit.mayAdd?.namespace === true;
}

const localOf = new WeakMap<Inventory, Map<string, Map<string | Unit, Resource[]>>>();
// Only looked through for the nearest one: a few hundred are plenty.
const MOST = 300;

/** Resources of a kind that are surely in the place, a few hundred at most. */
export function locals(inventory: Inventory, kind: string, place: Place): readonly Resource[] {
  let kinds = localOf.get(inventory);
  if (kinds === undefined) {
    kinds = new Map();
    localOf.set(inventory, kinds);
  }
  let places = kinds.get(kind);
  if (places === undefined) {
    places = new Map();
    for (const resource of inventory.byKind(kind)) {
      // Without a namespace only the unit tells where it is; `default` is looked for in both.
      const keys =
        resource.namespace === undefined
          ? [resource.unit]
          : resource.namespace === 'default'
            ? [resource.namespace, resource.unit]
            : [resource.namespace];
      for (const key of keys) {
        const bucket = places.get(key);
        if (bucket === undefined) places.set(key, [resource]);
        else if (bucket.length < MOST) bucket.push(resource);
      }
    }
    kinds.set(kind, places);
  }
  const named = place.namespace === undefined ? NONE : (places.get(place.namespace) ?? NONE);
  const here = place.namespace === undefined || place.namespace === 'default' ? (places.get(place.unit) ?? NONE) : NONE;
  const both = named.length === 0 ? here : here.length === 0 ? named : [...new Set([...named, ...here])];
  return both.filter((resource) => isSurelyIn(resource, place));
}

const NONE: readonly Resource[] = [];

/** ` in namespace "shop"`, or nothing where none is written. */
export function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace "${namespace}"`;
}

/** A custom resource: its controller may make other objects. */
export function isCustom({ gvk }: Resource, { kinds }: RuleContext): boolean {
  return gvk.version !== '' && !kinds.isBuiltinGroup(gvk.group);
}

/** The text at a path, or undefined where there is none or it is empty. */
export function textAt(resource: Resource, path: readonly (string | number)[]): string | undefined {
  const value = valueAt(resource.object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
