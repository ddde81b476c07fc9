import { type FieldPath, isArray, isObject, type JsonValue, setMember } from '@plumbline/core';

/** How a value is put at a place: `set` takes the place of what is there, `insert` moves the items of a list on. */
export type Put = { readonly op: 'set' | 'insert'; readonly value: JsonValue } | { readonly op: 'remove' };

/**
 * The value with an edit made at a path, whose last step may be '-' for the end of a list; what is beside it is shared. Objects on the
 * way are made where they are not there; a step into anything else changes nothing.
 */
export function putAt(value: JsonValue | undefined, path: FieldPath, put: Put, depth = 0): JsonValue {
  const step = path[depth];
  if (step === undefined) return put.op === 'remove' ? (value ?? null) : put.value;
  const isLast = depth === path.length - 1;
  if (isArray(value) || (value === undefined && typeof step === 'number')) return intoList(value ?? [], path, put, depth, isLast);
  const object = isObject(value) ? value : {};
  const key = String(step);
  if (put.op === 'remove' && !Object.hasOwn(object, key)) return value ?? null;
  const copy: Record<string, JsonValue> = {};
  for (const name of Object.keys(object)) if (name !== key || !isLast || put.op !== 'remove') setMember(copy, name, object[name] ?? null);
  if (!isLast || put.op !== 'remove')
    setMember(copy, key, putAt(Object.hasOwn(object, key) ? object[key] : undefined, path, put, depth + 1));
  return copy;
}

function intoList(list: readonly JsonValue[], path: FieldPath, put: Put, depth: number, isLast: boolean): JsonValue {
  const step = path[depth];
  const index = step === '-' ? list.length : Number(step);
  if (!(index >= 0 && index <= list.length)) return list;
  const copy = [...list];
  if (!isLast) copy[index] = putAt(list[index], path, put, depth + 1);
  else if (put.op === 'remove') copy.splice(index, 1);
  else copy.splice(index, put.op === 'insert' || index === list.length ? 0 : 1, put.value);
  return copy;
}
