import { isArray, isObject, type JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import type { DraftObject } from '../value.ts';
import { goText, goTypeOf } from './go.ts';

/** Members of a patch that say how to merge what stands around them. */
export const PATCH = '$patch';
export const RETAIN_KEYS_DIRECTIVE = '$retainKeys';
export const DELETE_FROM_LIST = '$deleteFromPrimitiveList';
export const SET_ORDER = '$setElementOrder';

/** `$setElementOrder/containers` → `containers`. Throws `invalid-patch`. */
export function fieldOfDirective(key: string, prefix: string): string {
  const slash = key.indexOf('/');
  if (slash !== prefix.length) {
    throw new MergeError('invalid-patch', `invalid patch format of ${prefix === SET_ORDER ? 'setElementOrder list' : 'primitive list'}`);
  }
  return key.slice(slash + 1);
}

export function isDelete(item: JsonValue): boolean {
  return isObject(item) && own(item, PATCH) === 'delete';
}

/** The merge key's value. Throws `invalid-value` where the item is no object or has none. */
export function mergeKeyOf(item: JsonValue, mergeKey: string): JsonValue {
  const value = own(objectItem(item), mergeKey);
  if (value === undefined) throw noMergeKey(item, mergeKey);
  return value;
}

export function noMergeKey(item: JsonValue, mergeKey: string): MergeError {
  return new MergeError('invalid-value', `map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

/** Narrows an item of a list that merges by key. Throws `invalid-value`. */
export function objectItem(item: JsonValue): DraftObject {
  if (isObject(item)) return item as DraftObject; // every value in here is a copy of our own
  throw wrongType('map[string]interface {}', item);
}

export function listValue(value: JsonValue): JsonValue[] {
  if (isArray(value)) return value as JsonValue[]; // as above
  throw wrongType('[]interface {}', value);
}

function wrongType(expected: string, value: JsonValue): MergeError {
  const names = { map: 'map[string]interface {}', slice: '[]interface {}', nil: '%!s(<nil>)' } as const;
  const type = goTypeOf(value);
  const got = type === 'map' || type === 'slice' || type === 'nil' ? names[type] : type;
  return new MergeError('invalid-value', `expected a ${expected}, but received a ${got}`);
}
