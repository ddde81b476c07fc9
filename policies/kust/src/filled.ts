import { isArray, isObject, type JsonValue, member } from '@plumbline/core';

/** Whether a field says anything: a list or mapping without members does not. */
export function isFilled(object: JsonValue, field: string): boolean {
  const value = member(object, field);
  if (value === undefined || value === null || value === '') return false;
  if (isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}
