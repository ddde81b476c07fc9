import { isObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';

/** A document with a merge patch of RFC 7386 applied: null removes a member, objects are merged, all else is replaced. */
export function applyMergePatch(document: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const before = isObject(document) ? document : {};
  const removed = Object.keys(patch).filter((key) => patch[key] === null);
  const out: Record<string, JsonValue> = removed.length === 0 ? { ...before } : {};
  if (removed.length > 0) for (const key of Object.keys(before)) if (own(patch, key) !== null) setMember(out, key, before[key] ?? null);
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value !== null && value !== undefined) setMember(out, key, applyMergePatch(own(before, key), value));
  }
  return out;
}
