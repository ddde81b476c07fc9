import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';

/** An object as a decoder of Go structures understands it: null, false, 0 and what is empty say as little as an absent field. */
export function meaningOf(object: JsonObject): JsonObject {
  const meaning: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    const said = value === undefined ? undefined : saidOf(value);
    if (said !== undefined) meaning[key] = said;
  }
  return meaning;
}

function saidOf(value: JsonValue): JsonValue | undefined {
  if (isObject(value)) return meaningOf(value);
  if (isArray(value)) return value.length === 0 ? undefined : value.map((one) => saidOf(one) ?? null);
  return value === null || value === false || value === 0 || value === '' ? undefined : value;
}
