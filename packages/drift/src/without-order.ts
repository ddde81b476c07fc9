import { isArray, isObject, type JsonValue, stringify } from '@plumbline/core';

/** Whether the order of a list says nothing, although the server keeps it: subsets of Endpoints, which controllers pack anew. */
export function isWithoutOrder(owner: string, field: string | number | undefined): boolean {
  return field === 'subsets' && owner === 'core.v1.Endpoints';
}

/** Whether two lists hold the same, in whatever order; also the lists in them. */
export function isSameBag(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  return a.length === b.length && keyOf(a) === keyOf(b);
}

function keyOf(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(keyOf).sort().join()}]`;
  if (!isObject(value)) return stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${stringify(key)}:${keyOf(value[key] ?? null)}`).join()}}`;
}
