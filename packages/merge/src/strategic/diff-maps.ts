import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { compareText, isSame } from '../value.ts';
import { diffLists } from './diff-lists.ts';
import { DELETE_FROM_LIST, PATCH, RETAIN_KEYS_DIRECTIVE, SET_ORDER } from './directives.ts';
import { goTypeOf } from './go.ts';
import { listField, objectField, type PatchField } from './patch-field.ts';

/** What a difference is to say. */
export interface DiffParts {
  readonly hasChanges: boolean;
  readonly hasDeletions: boolean;
  /** `$setElementOrder` beside each merging list that changes. */
  readonly hasOrder: boolean;
  /** Without kubectl's mistakes about the order of lists. */
  readonly isSafe: boolean;
}

/** The strategic merge patch that makes `after` of `before`, or the parts of it that are asked for. Shares parts of `after`. */
export function diffMaps(before: JsonObject, after: JsonObject, type: Topology, parts: DiffParts, retainsKeys = false): JsonObject {
  const patch: Record<string, JsonValue> = {};
  for (const key of Object.keys(after)) {
    const [old, value] = [own(before, key), after[key] ?? null];
    if (old !== undefined && key === PATCH) diffDirective(old, value, patch);
    else if (old === undefined || goTypeOf(old) !== goTypeOf(value)) {
      if (parts.hasChanges) setMember(patch, key, value);
    } else if (isArray(old) && isArray(value)) diffList(key, old, value, patch, type, parts);
    else if (isObject(old) && isObject(value)) diffMap(key, old, value, patch, type, parts);
    else replaceIfOther(key, old, value, patch, parts);
  }
  if (parts.hasDeletions) for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) setMember(patch, key, null);
  if (retainsKeys) addRetainKeys(before, after, patch);
  return patch;
}

function diffDirective(old: JsonValue, value: JsonValue, patch: Record<string, JsonValue>): void {
  if (typeof old !== 'string' || typeof value !== 'string')
    throw new MergeError('invalid-patch', `invalid value for special key: ${PATCH}`);
  if (old !== value) patch[PATCH] = value;
}

function diffMap(
  key: string,
  old: JsonObject,
  value: JsonObject,
  patch: Record<string, JsonValue>,
  type: Topology,
  parts: DiffParts,
): void {
  const field = fieldOrSame(old, value, () => objectField(type, key));
  if (field === undefined) return;
  if (field.strategy === 'replace') {
    // kubectl writes what is replaced as a whole also where it is the same.
    if (parts.hasChanges) setMember(patch, key, value);
    return;
  }
  const below = diffMaps(old, value, field.type, parts, field.retainsKeys);
  if (Object.keys(below).length > 0) setMember(patch, key, below);
}

function diffList(key: string, old: JsonArray, value: JsonArray, patch: Record<string, JsonValue>, type: Topology, parts: DiffParts): void {
  const field = fieldOrSame(old, value, () => listField(type, key));
  if (field === undefined) return;
  if (field.strategy !== 'merge') {
    replaceIfOther(key, old, value, patch, parts);
    return;
  }
  const { items, deleted, order } = diffLists(old, value, field, parts);
  if (items.length > 0) setMember(patch, key, items);
  if (deleted.length > 0) patch[`${DELETE_FROM_LIST}/${key}`] = deleted;
  if (order.length > 0) patch[`${SET_ORDER}/${key}`] = order;
}

/** The field; undefined where the schema does not know it and nothing differs. */
function fieldOrSame(old: JsonValue, value: JsonValue, find: () => PatchField): PatchField | undefined {
  try {
    return find();
  } catch (error) {
    if (isSame(old, value)) return undefined;
    throw error;
  }
}

function replaceIfOther(key: string, old: JsonValue, value: JsonValue, patch: Record<string, JsonValue>, parts: DiffParts): void {
  if (parts.hasChanges && !isSame(old, value)) setMember(patch, key, value);
}

/** Names all members that stay, where something changes or the other side has a member that must go. */
function addRetainKeys(before: JsonObject, after: JsonObject, patch: Record<string, JsonValue>): void {
  const keys = Object.keys(after).filter((key) => after[key] !== null);
  const isNeeded = Object.keys(patch).length > 0 || Object.keys(before).some((key) => before[key] !== null && !Object.hasOwn(after, key));
  if (keys.length > 0 && isNeeded) patch[RETAIN_KEYS_DIRECTIVE] = keys.sort(compareText);
}
