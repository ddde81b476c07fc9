import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, setMember, toPointer } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import { isSame } from '../value.ts';

/** The merge patch that makes `after` of `before`, and the nulls in `after` that no merge patch can say: it loses those members. */
export interface MergePatchDiff {
  /** `{}` where nothing differs and both are objects. */
  readonly patch: JsonValue;
  readonly lost: readonly FieldPath[];
}

export function diffMergePatch(before: JsonValue, after: JsonValue): MergePatchDiff {
  const lost: FieldPath[] = [];
  return { patch: diff(before, after, [], lost), lost };
}

/** As diffMergePatch. Throws `lossy` where the patch would lose something. */
export function createMergePatch(before: JsonValue, after: JsonValue): JsonValue {
  const { patch, lost } = diffMergePatch(before, after);
  if (lost.length === 0) return patch;
  const places = lost.map((path) => `"${toPointer(path)}"`).join(', ');
  throw new MergeError('lossy', `a merge patch cannot set null, as it must at ${places}; use a JSON patch`);
}

function diff(before: JsonValue | undefined, after: JsonValue, path: FieldPath, lost: FieldPath[]): JsonValue {
  if (!isObject(after)) return after;
  const then: JsonObject = isObject(before) ? before : {};
  const patch: Record<string, JsonValue> = {};
  for (const key of Object.keys(then)) if (!Object.hasOwn(after, key)) setMember(patch, key, null);
  for (const key of Object.keys(after)) {
    const [old, value] = [own(then, key), after[key] ?? null];
    if (old !== undefined && isSame(old, value)) continue;
    const place = [...path, key];
    if (value === null) lost.push(place);
    else setMember(patch, key, isObject(value) && !isArray(value) ? diff(old, value, place, lost) : value);
  }
  return patch;
}
