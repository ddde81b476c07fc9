import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '@plumbline/core';

/** A value that is still being filled in: a copy of its own, which may be edited. */
export type DraftValue = null | boolean | number | bigint | string | DraftValue[] | Draft;
export interface Draft {
  [key: string]: DraftValue;
}

/** A copy that shares nothing with the value. */
export function copyOf(value: JsonValue): DraftValue {
  if (isArray(value)) return value.map(copyOf);
  return isObject(value) ? copyOfObject(value) : value;
}

export function copyOfObject(value: JsonObject): Draft {
  const copy: Draft = {};
  for (const [key, one] of Object.entries(value)) setMember(copy, key, copyOf(one));
  return copy;
}

export function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own member, undefined for one that is not there. */
export function get(draft: Draft | undefined, key: string): DraftValue | undefined {
  return draft !== undefined && Object.hasOwn(draft, key) ? draft[key] : undefined;
}

/** The object at a member; undefined where there is none. */
export function at(draft: Draft | undefined, ...keys: readonly string[]): Draft | undefined {
  let here: DraftValue | undefined = draft;
  for (const key of keys) here = isDraft(here) ? get(here, key) : undefined;
  return isDraft(here) ? here : undefined;
}

/** The object at a member, made where there is none (a structure that Go holds by value). */
export function ensure(draft: Draft, key: string): Draft {
  const known = get(draft, key);
  if (isDraft(known)) return known;
  const made: Draft = {};
  if (known === undefined) draft[key] = made;
  return made;
}

/** The objects of a list. */
export function listAt(draft: Draft | undefined, key: string): Draft[] {
  const list = get(draft, key);
  return Array.isArray(list) ? list.filter(isDraft) : [];
}

/** Go's zero of a value that is no pointer: absent, `""`, 0 or false; also a list or a map without members. */
export function isZero(value: DraftValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Sets a member that is not there: a pointer that is nil. */
export function setIfAbsent(draft: Draft, key: string, value: JsonValue): void {
  if (get(draft, key) === undefined) setMember(draft, key, copyOf(value));
}

/** Sets a member that is zero: a value that is no pointer. */
export function setIfZero(draft: Draft, key: string, value: JsonValue): void {
  if (isZero(get(draft, key))) setMember(draft, key, copyOf(value));
}

/** Members that `from` has and `into` has not. */
export function fillFrom(into: Draft, from: Draft | undefined): void {
  for (const [key, value] of Object.entries(from ?? {})) setIfAbsent(into, key, value);
}
