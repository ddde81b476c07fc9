import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import { isSame } from '../value.ts';

/**
 * The merge patch for `current` that kubectl makes where it knows no schema: what `modified` adds and changes, and the removal of
 * what was in `original` and is not in `modified`. Nulls that are no removal are lost, as they are in kubectl.
 * Throws `conflict` where a member would be both set and removed.
 */
export function createThreeWayMergePatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = withoutNulls(differenceOf(current, modified));
  const removals = onlyNulls(differenceOf(original, modified));
  if (clash(changes, removals)) throw new MergeError('conflict', 'a member would be both set and removed');
  return laidOver(removals, changes);
}

/** Members that are null, with what leads to them. Lists are values. */
export function onlyNulls(patch: JsonObject): JsonObject {
  return filter(patch, (value) => value === null);
}

/** Members that are not null. Lists are values, and so are objects that were empty before. */
export function withoutNulls(patch: JsonObject): JsonObject {
  return filter(patch, (value) => value !== null);
}

function filter(patch: JsonObject, keeps: (value: JsonValue) => boolean): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const key of Object.keys(patch)) {
    const value = patch[key] ?? null;
    if (!isObject(value) || isArray(value) || Object.keys(value).length === 0) {
      if (keeps(value)) setMember(out, key, value);
      continue;
    }
    const below = filter(value, keeps);
    if (Object.keys(below).length > 0) setMember(out, key, below);
  }
  return out;
}

/** What `after` has that `before` has not, with null for what it lacks. */
function differenceOf(before: JsonObject, after: JsonObject): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const key of Object.keys(after)) {
    const [old, value] = [own(before, key), after[key] ?? null];
    if (isObject(old) && isObject(value)) {
      const below = differenceOf(old, value);
      if (Object.keys(below).length > 0) setMember(out, key, below);
    } else if (old === undefined || !isSame(old, value)) setMember(out, key, value);
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) setMember(out, key, null);
  return out;
}

function clash(left: JsonValue, right: JsonValue): boolean {
  if (isObject(left) && isObject(right)) {
    return Object.keys(left).some((key) => Object.hasOwn(right, key) && clash(left[key] ?? null, right[key] ?? null));
  }
  return !isSame(left, right);
}

/** The changes over the removals. What comes in anew loses the nulls within its lists, as in the library that kubectl uses. */
function laidOver(removals: JsonObject, changes: JsonObject): JsonObject {
  const out: Record<string, JsonValue> = { ...removals };
  for (const key of Object.keys(changes)) {
    const [below, change] = [own(removals, key), changes[key] ?? null];
    setMember(out, key, isObject(below) && isObject(change) ? laidOver(below, change) : pruned(change));
  }
  return out;
}

function pruned(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  const out: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) if (item !== null) setMember(out, key, pruned(item));
  return out;
}
