import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { ListTopology, MapTopology, Topology } from '../topology.ts';
import { fieldElement, type PathElement } from './element.ts';
import { type FieldNode, type FieldSet, NO_FIELDS } from './field-set.ts';
import { itemElement, memberType, shapeOf } from './shape.ts';

/** The places that an object sets: what whoever applies it comes to own. Throws `invalid-value` where the type does not know a place. */
export function fieldsOf(value: JsonValue | undefined, type: Topology): FieldSet {
  return walk(value, type).children ?? NO_FIELDS;
}

/** Whether a field with this value is a place, or leads to one: an empty list does not, nor what holds nothing else. */
export function isOwnable(value: JsonValue, type: Topology): boolean {
  if (isEmpty(value)) return true;
  const shape = shapeOf(type, value);
  if (shape === 'list') return type.list?.kind === 'atomic' || (isArray(value) && value.length > 0);
  const { map } = type;
  if (shape !== 'map' || map === undefined || map.isAtomic) return true;
  return (
    isObject(value) &&
    Object.keys(value).some((key) => map.fields.get(key) === undefined || isOwnable(value[key] ?? null, memberType(map, key)))
  );
}

const LEAF: FieldNode = { isMember: true, children: undefined };
const NOTHING: FieldNode = { isMember: false, children: undefined };

/** What a value sets: itself (as a leaf), what is below it, or nothing. */
function walk(value: JsonValue | undefined, type: Topology): FieldNode {
  switch (shapeOf(type, value)) {
    case 'scalar':
      return LEAF;
    case 'list':
      if (type.list === undefined || type.list.kind === 'atomic') return LEAF;
      return isArray(value) ? below(walkList(value, type.list)) : NOTHING;
    case 'map':
      if (type.map === undefined || type.map.isAtomic) return LEAF;
      return isObject(value) ? below(walkMap(value, type.map)) : NOTHING;
    default:
      throw new MergeError('invalid-value', 'schema error: no type found matching: inlined type');
  }
}

function below(set: FieldSet): FieldNode {
  return set.size === 0 ? NOTHING : { isMember: false, children: set };
}

function walkMap(map: JsonObject, type: MapTopology): FieldSet {
  const out: Map<PathElement, FieldNode> = new Map();
  for (const key of Object.keys(map)) {
    const item = map[key] ?? null;
    const node = walk(item, memberType(type, key));
    // A member that no field names exists by being there; so does an empty one.
    const isMember = node.isMember || isEmpty(item) || type.fields.get(key) === undefined;
    if (isMember) out.set(fieldElement(key), node.children === undefined ? LEAF : { isMember, children: node.children });
    else if (node.children !== undefined) out.set(fieldElement(key), node);
  }
  return out;
}

function isEmpty(value: JsonValue): boolean {
  if (value === null) return true;
  if (!isObject(value)) return false;
  for (const _ in value) return false;
  return true;
}

function walkList(list: JsonArray, type: ListTopology): FieldSet {
  const out: Map<PathElement, FieldNode> = new Map();
  const elements = list.map((item) => itemElement(type, item));
  const seen = new Set<PathElement>();
  // Items that share a name are owned together, as one.
  const twice = new Set(elements.filter((element) => seen.size === seen.add(element).size));
  for (const element of twice) out.set(element, LEAF);
  for (const [index, element] of elements.entries()) {
    if (twice.has(element)) continue;
    const { children } = walk(list[index], type.item);
    out.set(element, children === undefined ? LEAF : { isMember: true, children });
  }
  return out;
}
