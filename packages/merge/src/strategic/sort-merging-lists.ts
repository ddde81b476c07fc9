import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { DELETE_FROM_LIST, objectItem, PATCH, RETAIN_KEYS_DIRECTIVE, SET_ORDER } from './directives.ts';
import { goSorted, goText, itemType, withoutDuplicates } from './go.ts';
import { listField, objectField, type PatchField } from './patch-field.ts';

/** An object, or a patch, with each merging list sorted by its merge key: equal where only the order of such lists differs. */
export function sortMergingLists(object: JsonObject, type: Topology): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) setMember(out, key, sorted(key, object[key] ?? null, type));
  return out;
}

function sorted(key: string, value: JsonValue, type: Topology): JsonValue {
  if (key === RETAIN_KEYS_DIRECTIVE || key.startsWith(DELETE_FROM_LIST)) {
    if (!isArray(value)) throw new MergeError('invalid-patch', `invalid patch format of ${key}`);
    return goSorted(value, goText);
  }
  if (key === PATCH || key.startsWith(SET_ORDER)) return value;
  if (isArray(value)) {
    const field = listField(type, key);
    return field.strategy === 'merge' && value.length > 0 ? sortedItems(value, field) : value;
  }
  return isObject(value) ? sortMergingLists(value, objectField(type, key).type) : value;
}

function sortedItems(list: JsonArray, { type, mergeKey }: PatchField): JsonArray {
  if (itemType(list) !== 'map') return goSorted(withoutDuplicates(list), goText);
  const items = list.map((item) => sortMergingLists(objectItem(item), type));
  return goSorted(items, (item) => goText(own(item, mergeKey)));
}
