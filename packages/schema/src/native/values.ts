import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';

// Members as a decoder of Go structures leaves them: null, absent and of the wrong type (which the schema refuses) are the zero value.

const NO_ITEMS: readonly JsonValue[] = [];

/** The text of a member, `''` where there is none. */
export function textIn(object: JsonObject | undefined, key: string): string {
  const value = object?.[key];
  return typeof value === 'string' ? value : '';
}

/** Whether a member is there and not null: what a Go pointer tells. */
export function has(object: JsonObject | undefined, key: string): boolean {
  const value = object?.[key];
  return value !== undefined && value !== null && typeof value !== 'function';
}

export function objectIn(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

export function listIn(object: JsonObject | undefined, key: string): readonly JsonValue[] {
  const value = object?.[key];
  return isArray(value) ? value : NO_ITEMS;
}

/** A whole number or a decimal; beyond 2^53 the nearest number. Undefined where there is none. */
export function numberIn(object: JsonObject | undefined, key: string): number | undefined {
  const value = object?.[key];
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
}

/** True, false, or undefined where the member is not there. */
export function flagIn(object: JsonObject | undefined, key: string): boolean | undefined {
  const value = object?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** The items of a list that are objects, with their indexes. A null item is an empty structure. */
export function* objectsIn(object: JsonObject | undefined, key: string): Generator<readonly [item: JsonObject, index: number]> {
  const items = listIn(object, key);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (isObject(item)) yield [item, index];
    else if (item === null) yield [EMPTY, index];
  }
}

const EMPTY: JsonObject = {};
