import { type FieldPath, isArray, isEqual, isObject, type JsonValue, member, valueAt } from '@plumbline/core';

/** One step of a place in an object. */
export type Step =
  | { readonly kind: 'name'; readonly name: string }
  /** `*` stands for any run of letters. */
  | { readonly kind: 'glob'; readonly matches: (name: string) => boolean }
  | { readonly kind: 'any' }
  /** Any number of steps, none too. */
  | { readonly kind: 'deep' }
  | { readonly kind: 'index'; readonly index: number }
  /** The items of a list that have this value at a path below them. */
  | { readonly kind: 'where'; readonly path: readonly string[]; readonly value: JsonValue };

export type Place = readonly Step[];

/** Whether a place covers a path of an object: it is the path, or above it. The object tells items of lists by their keys. */
export function covers(place: Place, path: FieldPath, object: JsonValue | undefined): boolean {
  return coversFrom(place, 0, path, 0, object);
}

function coversFrom(place: Place, at: number, path: FieldPath, depth: number, value: JsonValue | undefined): boolean {
  const step = place[at];
  if (step === undefined) return true;
  if (step.kind === 'deep') {
    for (let skip = 0, below = value; depth + skip <= path.length; skip++) {
      if (coversFrom(place, at + 1, path, depth + skip, below)) return true;
      const next = path[depth + skip];
      below = next === undefined ? undefined : childOf(below, next);
    }
    return false;
  }
  const next = path[depth];
  if (next === undefined || !matches(step, next, childOf(value, next))) return false;
  return coversFrom(place, at + 1, path, depth + 1, childOf(value, next));
}

/** Whether a step leads from a value to its member or item `key`, which is `child`. */
export function matches(step: Exclude<Step, { kind: 'deep' }>, key: string | number, child: JsonValue | undefined): boolean {
  switch (step.kind) {
    case 'any':
      return true;
    case 'name':
      // A pointer names an item of a list by digits.
      return String(key) === step.name;
    case 'glob':
      return step.matches(String(key));
    case 'index':
      return key === step.index;
    case 'where':
      return typeof key === 'number' && isObject(child) && isEqual(valueAt(child, step.path), step.value);
  }
}

export function childOf(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return member(value, String(key));
}
