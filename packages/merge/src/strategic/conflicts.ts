import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import type { Topology } from '../topology.ts';
import { isSame, isSameScalar } from '../value.ts';
import { mergeKeyOf, PATCH, RETAIN_KEYS_DIRECTIVE } from './directives.ts';
import { goSorted, goText, itemType, scalarKey, withoutDuplicates } from './go.ts';
import { listField, objectField, type PatchField } from './patch-field.ts';

/** Whether two patches of one object set the same field to different values. Throws where the schema does not know a field of both. */
export function haveConflicts(left: JsonObject, right: JsonObject, type: Topology): boolean {
  return conflict(left, right, { type, strategy: '', retainsKeys: false, mergeKey: '' });
}

function conflict(left: JsonValue, right: JsonValue, field: PatchField): boolean {
  if (isArray(left)) return !isArray(right) || listsConflict(left, right, field);
  if (!isObject(left)) return !isSame(left, right);
  if (!isObject(right)) return true;
  const [one, other] = [own(left, PATCH), own(right, PATCH)];
  // A directive is about the whole object.
  if ((one === undefined) !== (other === undefined) || (one !== undefined && !isSameScalar(one, other))) return true;
  return field.strategy !== 'replace' && mapsConflict(left, right, field.type);
}

function mapsConflict(left: JsonObject, right: JsonObject, type: Topology): boolean {
  return Object.keys(left).some((key) => {
    const other = own(right, key);
    if (key === PATCH || key === RETAIN_KEYS_DIRECTIVE || other === undefined) return false;
    const value = left[key] ?? null;
    return conflict(value, other, isArray(value) ? listField(type, key) : isObject(value) ? objectField(type, key) : SCALAR);
  });
}

const SCALAR: PatchField = { type: { scalar: 'any', list: undefined, map: undefined }, strategy: '', retainsKeys: false, mergeKey: '' };

function listsConflict(left: JsonArray, right: JsonArray, field: PatchField): boolean {
  const isKeyed = itemType(left, right) === 'map';
  const plain: PatchField = { ...field, strategy: '', mergeKey: '' };
  if (field.strategy === 'merge') {
    // Scalars that are merged cannot be in each other's way.
    if (!isKeyed) return false;
    // Of several items with one key, the last counts.
    const byKey = (list: JsonArray): Map<JsonValue, JsonValue> =>
      new Map(list.map((item) => [scalarKey(mergeKeyOf(item, field.mergeKey)), item]));
    const others = byKey(right);
    return [...byKey(left)].some(([key, item]) => {
      const other = others.get(key);
      return other !== undefined && conflict(item, other, plain);
    });
  }
  if (left.length !== right.length) return true;
  const sorted = (list: JsonArray): JsonArray => (isKeyed ? list : goSorted(withoutDuplicates(list), goText));
  const others = sorted(right);
  return sorted(left).some((item, index) => conflict(item, others[index] ?? null, plain));
}
