import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import { type ListTopology, type MapTopology, NO_TYPE, type Topology } from '../topology.ts';
import { keyElement, type PathElement, singleKeyElement, valueElement } from './element.ts';

/** Which part of a type a value is taken by. */
export type Shape = 'scalar' | 'list' | 'map' | 'none';

/**
 * The part of `type` that takes `value`. Where the value says nothing (null, or what the type does not have) the type's first part
 * does: map, scalar, list. `isOpen` says that the type had a choice that the value did not make.
 */
export function shapeOf(type: Topology, value: JsonValue | undefined): Shape {
  if (value !== null && value !== undefined) {
    if (isArray(value)) {
      if (type.list !== undefined) return 'list';
    } else if (isObject(value)) {
      if (type.map !== undefined) return 'map';
    } else if (type.scalar !== undefined) return 'scalar';
  }
  return type.map !== undefined ? 'map' : type.scalar !== undefined ? 'scalar' : type.list !== undefined ? 'list' : 'none';
}

/** Whether the value decided between several parts of its type. */
export function isDecided(type: Topology, value: JsonValue | undefined): boolean {
  const parts = Number(type.scalar !== undefined) + Number(type.list !== undefined) + Number(type.map !== undefined);
  if (parts < 2) return true;
  if (value === null || value === undefined) return false;
  return isArray(value) ? type.list !== undefined : isObject(value) ? type.map !== undefined : type.scalar !== undefined;
}

/** The type of a map's member. */
export function memberType(map: MapTopology, name: string): Topology {
  return map.fields.get(name)?.type ?? map.values ?? NO_TYPE;
}

/** The member `key` where it is there; `object[key]` would also find what every object has. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  const value = object[key];
  // What is inherited is a function, or the prototype: only then is it worth asking whose it is.
  return (typeof value === 'function' || key === '__proto__') && !Object.hasOwn(object, key) ? undefined : value;
}

/** The name of an item within its list. Throws `invalid-value` where it has none. */
export function itemElement(list: ListTopology, item: JsonValue): PathElement {
  const element = tryItemElement(list, item);
  if (typeof element !== 'string') throw new MergeError('invalid-value', element.problem);
  return element;
}

export interface Nameless {
  readonly problem: string;
}

/** As itemElement; gives the reason instead of throwing. */
export function tryItemElement(list: ListTopology, item: JsonValue): PathElement | Nameless {
  if (list.kind === 'atomic') return { problem: 'invalid indexing of non-associative list' };
  return list.keys.length > 0 ? keyedElement(list, item) : setElement(item);
}

function keyedElement(list: ListTopology, item: JsonValue): PathElement | Nameless {
  const [key = ''] = list.keys;
  const only = list.keys.length === 1 && isObject(item) ? own(item, key) : undefined;
  if (only !== undefined) return singleKeyElement(key, only);
  if (item === null) return { problem: 'associative list with keys may not have a null element' };
  if (!isObject(item)) return { problem: 'associative list with keys may not have non-map elements' };
  const fields: [string, JsonValue][] = [];
  for (const key of list.keys) {
    const value = own(item, key);
    if (value !== undefined) {
      fields.push([key, value]);
      continue;
    }
    const map = list.item.map;
    if (map === undefined) return { problem: `couldn't find default value for ${key}: associative list may not have non-map types` };
    const fallback = map.fields.get(key)?.default;
    // An item without an optional key is another item than those that have it.
    if (fallback !== undefined && fallback !== null) fields.push([key, fallback]);
  }
  if (fields.length > 0) return keyElement(fields);
  const keys = list.keys.map((key) => JSON.stringify(key)).join(' ');
  return {
    problem: `associative list with keys has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`,
  };
}

function setElement(item: JsonValue): PathElement | Nameless {
  if (item === null) return { problem: "associative list without keys has an element that's an explicit null" };
  if (isArray(item)) return { problem: 'not supported: associative list with lists as elements' };
  if (isObject(item)) return { problem: "associative list without keys has an element that's a map type" };
  return valueElement(item);
}
