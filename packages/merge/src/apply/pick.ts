import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import type { ListTopology, MapTopology, Topology } from '../topology.ts';
import { fieldElement, keysOf } from './element.ts';
import { type FieldSet, hasPath, insert, NO_FIELDS, type OpenSet, pathsOf, union } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import { memberType, shapeOf, tryItemElement } from './shape.ts';

/** The object without the places of a set and what lies below them. A list or map of which nothing is left becomes null. */
export function removeFields(value: JsonValue, fields: FieldSet, type: Topology): JsonValue {
  return pick(value, fields, type, false);
}

/** The part of the object that a set names; leaves only, or all below the first place is taken (see `leaves`). */
export function extractFields(value: JsonValue, fields: FieldSet, type: Topology): JsonValue {
  return pick(value, fields, type, true);
}

/** As extractFields, and the keys of each item of a list of which something is taken. */
export function extractFieldsWithKeys(value: JsonValue, fields: FieldSet, type: Topology): JsonValue {
  const all = fieldsOf(value, type);
  const keys: OpenSet = new Map();
  for (const path of pathsOf(fields)) {
    if (!hasPath(all, path)) continue;
    for (const [index, element] of path.entries()) {
      for (const [name] of keysOf(element) ?? []) insert(keys, [...path.slice(0, index + 1), fieldElement(name)]);
    }
  }
  return pick(value, union(fields, keys), type, true);
}

function pick(value: JsonValue, fields: FieldSet, type: Topology, isExtract: boolean): JsonValue {
  switch (shapeOf(type, value)) {
    case 'scalar':
      return value;
    case 'list':
      if (!isArray(value) || type.list === undefined) return null;
      if (value.length === 0 || type.list.kind === 'atomic') return isExtract ? value : null;
      return pickItems(value, fields, type.list, isExtract);
    case 'map':
      if (!isObject(value) || type.map === undefined) return null;
      if (type.map.isAtomic || Object.keys(value).length === 0) return isExtract ? value : null;
      return pickMembers(value, fields, type.map, isExtract);
    default:
      return null;
  }
}

function pickItems(list: JsonArray, fields: FieldSet, type: ListTopology, isExtract: boolean): JsonValue {
  const out: JsonValue[] = [];
  let isChanged = false;
  for (const item of list) {
    const element = tryItemElement(type, item);
    const node = typeof element === 'string' ? fields.get(element) : undefined;
    if (node === undefined || (!isExtract && node.isMember)) {
      // Not named: kept where the rest is removed. Named: the other way round.
      if (node === undefined && !isExtract) out.push(item);
      else isChanged = true;
      continue;
    }
    const picked = node.children === undefined ? item : pick(item, node.children, type.item, isExtract);
    if (picked !== item) isChanged = true;
    out.push(picked);
  }
  return out.length === 0 ? null : isChanged ? out : list;
}

function pickMembers(map: JsonObject, fields: FieldSet, type: MapTopology, isExtract: boolean): JsonValue {
  const out: Record<string, JsonValue> = {};
  let [isChanged, isEmpty] = [false, true];
  for (const key of Object.keys(map)) {
    const item = map[key] ?? null;
    const node = fields.get(fieldElement(key));
    let picked: JsonValue | undefined;
    if (node === undefined) picked = isExtract ? undefined : item;
    // structured-merge-diff goes on with the set of the parent here; only `leaves` make sense of it, and those end at a member.
    else if (node.isMember) picked = isExtract ? pick(item, fields, memberType(type, key), true) : undefined;
    else picked = pick(item, node.children ?? NO_FIELDS, memberType(type, key), isExtract);
    if (picked !== item) isChanged = true;
    if (picked === undefined) continue;
    isEmpty = false;
    setMember(out, key, picked);
  }
  return isEmpty ? null : isChanged ? out : map;
}
