import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';

const EMPTY: JsonObject = {};

/** An item of a list as a decoder of Go structures leaves it: null is an empty structure. Undefined where it has a wrong type, which the schema says. */
export function itemAt(items: readonly JsonValue[], index: number): JsonObject | undefined {
  const item = items[index];
  return isObject(item) ? item : item === null ? EMPTY : undefined;
}
