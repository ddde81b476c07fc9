// What of Go shows through in kubectl's patches: how it prints, compares and sorts values.
import { isArray, isObject, type JsonValue } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import { compareText, isSameScalar } from '../value.ts';

/** `%v` of a scalar, by which kubectl sorts and compares them. */
export function goText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-4) return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
  if (isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return String(value);
  return `map[${Object.keys(value)
    .sort(compareText)
    .map((key) => `${key}:${goText(value[key])}`)
    .join(' ')}]`;
}

export type GoType = 'nil' | 'string' | 'bool' | 'int64' | 'float64' | 'map' | 'slice';

export function goTypeOf(value: JsonValue): GoType {
  if (value === null) return 'nil';
  if (isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int64' : 'float64';
}

/** The type that all items of the lists have. Throws `invalid-value` where there is no item, or types differ, or items are lists. */
export function itemType(...lists: readonly (readonly JsonValue[])[]): GoType {
  let type: GoType | undefined;
  for (const list of lists) {
    for (const item of list) {
      const each = goTypeOf(item);
      if (type === undefined) {
        if (each === 'slice') throw new MergeError('invalid-value', 'lists of lists are not supported');
        type = each;
      } else if (each !== type) {
        throw new MergeError('invalid-value', `list element types are not identical: [${lists.map(goText).join(' ')}]`);
      }
    }
  }
  if (type === undefined) throw new MergeError('invalid-value', 'no elements in any of the given slices');
  return type;
}

/** Go sorts up to so many items by insertion. */
const INSERTION_LIMIT = 12;

/**
 * Sorted by text as kubectl does, whose order takes equal ones for less: up to twelve items, equal ones end up reversed. Beyond that
 * their order in Go is nothing that can be counted on; here they keep it.
 */
export function goSorted<T>(list: readonly T[], textOf: (item: T) => string): T[] {
  const keyed = list.map((item) => ({ item, text: textOf(item) }));
  if (list.length > INSERTION_LIMIT) keyed.sort((a, b) => compareText(a.text, b.text));
  else insertionSort(keyed, (a, b) => compareText(a.text, b.text) <= 0);
  return keyed.map(({ item }) => item);
}

/** In place, and as Go does it: `isLess` need not be an order. */
export function insertionSort<T>(list: T[], isLess: (a: T, b: T) => boolean): void {
  for (let i = 1; i < list.length; i++) {
    for (let j = i; j > 0; j--) {
      const [before, after] = [list[j - 1] as T, list[j] as T]; // both indexes lie within the list
      if (!isLess(after, before)) break;
      list[j - 1] = after;
      list[j] = before;
    }
  }
}

/** Each scalar once. The last one takes the place of one that goes, as in kubectl. */
export function withoutDuplicates(list: readonly JsonValue[]): JsonValue[] {
  const out = [...list];
  for (let i = 0; i < out.length - 1; i++) {
    for (let j = i + 1; j < out.length; j++) {
      if (!isSameScalar(out[i], out[j])) continue;
      const last = out.pop() ?? null;
      if (j < out.length) out[j] = last;
      j--;
    }
  }
  return out;
}

/** What a scalar is found by in a Map or a Set, the same for equal ones. */
export function scalarKey(value: JsonValue | undefined): JsonValue {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : (value ?? null);
}
