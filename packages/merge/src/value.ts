import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';

/** A JSON value that this package made itself and may write to. */
export type Draft = null | boolean | number | bigint | string | Draft[] | DraftObject;
export interface DraftObject {
  [key: string]: Draft;
}

/** Equal as JSON: member order does not count, and an integer is the same as number and as bigint. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return isSameScalar(a, b);
  if (isArray(a)) {
    if (!isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (!isSame(a[index], b[index])) return false;
    return true;
  }
  if (isArray(b) || !isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!Object.hasOwn(b, key) || !isSame(a[key], b[key])) return false;
  return true;
}

/** As isSame, for values of which one is no list and no object. */
export function isSameScalar(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: of a number and a bigint, == compares exactly
  return a === b || (typeof a !== typeof b && isNumber(a) && isNumber(b) && a == b);
}

export function isNumber(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** A copy that shares no list and no object with the original. */
export function deepCopy(value: JsonObject): DraftObject;
export function deepCopy(value: JsonArray): Draft[];
export function deepCopy(value: JsonValue): Draft;
export function deepCopy(value: JsonValue): Draft {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map((item) => deepCopy(item));
  const copy = { ...value } as DraftObject; // each list and object in it is replaced by its own copy below
  // The spread made own members of all, so that none of these assignments reaches the prototype.
  for (const key of Object.keys(copy)) copy[key] = deepCopy(copy[key] ?? null);
  return copy;
}

/** The order of values in structured-merge-diff: numbers, text, booleans, lists, objects, null. */
export function compareValues(a: JsonValue, b: JsonValue): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isArray(a) && isArray(b)) return compareLists(a, b);
  if (isObject(a) && isObject(b)) return compareObjects(a, b);
  return 0;
}

/** By code point, which is the order of the bytes of UTF-8; JavaScript compares the units of UTF-16. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const [isHighX, isHighY] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000];
    return isHighX === isHighY ? x - y : isHighX ? 1 : -1;
  }
  return a.length - b.length;
}

function rankOf(value: JsonValue): number {
  if (isNumber(value)) return 0;
  if (typeof value === 'string') return 1;
  if (typeof value === 'boolean') return 2;
  return value === null ? 5 : isArray(value) ? 3 : 4;
}

function compareLists(a: JsonArray, b: JsonArray): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const order = compareValues(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: JsonObject, b: JsonObject): number {
  const [left, right] = [Object.keys(a).sort(compareText), Object.keys(b).sort(compareText)];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const [x, y] = [left[index] ?? '', right[index] ?? ''];
    // The one that lacks the smaller key comes after.
    const order = x === y ? compareValues(a[x] ?? null, b[y] ?? null) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
