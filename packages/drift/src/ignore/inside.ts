import { type FieldPath, isArray, isEqual, isObject, type JsonValue, setMember } from '@plumbline/core';
import { childOf, matches, type Place } from './place.ts';

/** One side of a change: an object, the path of the change in it, and the value there; undefined where it has none. */
export interface Side {
  readonly path: FieldPath;
  readonly object: JsonValue;
  readonly value: JsonValue | undefined;
}

/** Whether two values differ only in what the places name below them. A member that is emptied so is the same as none; an item of a list is not. */
export function differOnlyInside(places: readonly Place[], one: Side, other: Side): boolean {
  const [left, right] = [one, other].map((side) => places.reduce((value, place) => without(place, { ...side, value }), side.value));
  const isChanged = left !== one.value || right !== other.value;
  return isChanged && (isEqual(left, right) || (typeof one.path.at(-1) === 'string' && isEmpty(left) && isEmpty(right)));
}

/** The value of a side without what a place names below it; the same one where that is nothing. */
function without(place: Place, { path, object, value }: Side): JsonValue | undefined {
  let states = opened(place, [0]);
  let at: JsonValue | undefined = object;
  for (const step of path) {
    at = childOf(at, step);
    states = advanced(place, states, step, at);
  }
  return value === undefined || states.length === 0 ? value : pruned(place, states, value);
}

function pruned(place: Place, states: readonly number[], value: JsonValue): JsonValue {
  const next = (key: string | number, child: JsonValue): JsonValue | undefined => {
    const inner = advanced(place, states, key, child);
    if (inner.includes(place.length)) return undefined;
    return inner.length === 0 ? child : pruned(place, inner, child);
  };
  if (isArray(value)) {
    const items = value.map((item, index) => next(index, item));
    return items.every((item, index) => item === value[index]) ? value : items.filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  let isSame = true;
  for (const key of Object.keys(value)) {
    const child = value[key] ?? null;
    const left = next(key, child);
    isSame &&= left === child;
    if (left !== undefined) setMember(copy, key, left);
  }
  return isSame ? value : copy;
}

/** Whether a place names anything in a value. */
export function isIn(place: Place, value: JsonValue): boolean {
  return reaches(place, opened(place, [0]), value);
}

function reaches(place: Place, states: readonly number[], value: JsonValue): boolean {
  if (states.length === 0) return false;
  if (states.includes(place.length)) return true;
  const next = (key: string | number, child: JsonValue): boolean => reaches(place, advanced(place, states, key, child), child);
  if (isArray(value)) return value.some((item, index) => next(index, item));
  return isObject(value) && Object.keys(value).some((key) => next(key, value[key] ?? null));
}

/** How many steps of the place may be behind, once one more key is. */
function advanced(place: Place, states: readonly number[], key: string | number, child: JsonValue | undefined): readonly number[] {
  const reached = states.flatMap((at) => {
    const step = place[at];
    if (step === undefined) return [];
    if (step.kind === 'deep') return [at];
    return matches(step, key, child) ? [at + 1] : [];
  });
  return opened(place, reached);
}

/** Any number of steps may be none. */
function opened(place: Place, states: readonly number[]): readonly number[] {
  const all = new Set(states);
  for (const at of all) if (place[at]?.kind === 'deep') all.add(at + 1);
  return [...all];
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
