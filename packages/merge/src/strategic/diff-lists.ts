import type { JsonArray, JsonObject, JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { compareText, isSame, isSameScalar } from '../value.ts';
import { type DiffParts, diffMaps } from './diff-maps.ts';
import { mergeKeyOf, objectItem, PATCH } from './directives.ts';
import { inOrder } from './element-order.ts';
import { goSorted, goText, itemType, scalarKey, withoutDuplicates } from './go.ts';
import type { PatchField } from './patch-field.ts';

/** How a merging list changes. */
export interface ListDiff {
  /** Items to merge, those to delete last. */
  readonly items: JsonArray;
  /** Scalars for `$deleteFromPrimitiveList`. */
  readonly deleted: JsonArray;
  /** For `$setElementOrder`. */
  readonly order: JsonArray;
}

const NONE: JsonArray = [];

export function diffLists(before: JsonArray, after: JsonArray, field: PatchField, parts: DiffParts): ListDiff {
  if (before.length === 0) return { items: parts.hasChanges ? after : NONE, deleted: NONE, order: NONE };
  const kind = itemType(before, after);
  return kind === 'map' ? diffObjects(before, after, field, parts) : diffScalars(before, after, parts);
}

function diffObjects(before: JsonArray, after: JsonArray, field: PatchField, parts: DiffParts): ListDiff {
  const { mergeKey } = field;
  const { changed, deleted } = pairObjects(before, after, field, parts);
  const items = [...inOrder(changed, after, mergeKey, true), ...deleted];
  const isMoved = parts.isSafe ? !isSameAmongShared(before, after, mergeKey) : !isSameOrder(before, after, mergeKey);
  const isSaid = (parts.hasChanges && (items.length > 0 || isMoved)) || (parts.hasDeletions && items.length > 0);
  const order =
    parts.hasOrder && isSaid ? after.map((item): JsonObject => ({ [mergeKey]: own(objectItem(item), mergeKey) ?? null })) : NONE;
  return { items, deleted: NONE, order };
}

/** Walks both lists in the order of their merge keys' text. */
function pairObjects(
  before: JsonArray,
  after: JsonArray,
  field: PatchField,
  parts: DiffParts,
): { changed: JsonValue[]; deleted: JsonValue[] } {
  const { mergeKey } = field;
  let [old, now] = [keyed(before, mergeKey), keyed(after, mergeKey)];
  // Where both have the same items in the same order, there is nothing to sort.
  if (!isSamePairs(old, now)) [old, now] = [goSorted(old, ({ text }) => text), goSorted(now, ({ text }) => text)];
  const changed: JsonValue[] = [];
  const deleted: JsonValue[] = [];
  for (let [i, j] = [0, 0]; i < old.length || j < now.length; ) {
    const [left, right] = [old[i], now[j]];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareText(left.text, right.text);
    if (left !== undefined && right !== undefined && order === 0) {
      const patch: Record<string, JsonValue> = { ...diffMaps(left.item, right.item, field.type, parts, field.retainsKeys) };
      if (Object.keys(patch).length > 0) changed.push({ ...patch, [mergeKey]: mergeKeyOf(right.item, mergeKey) });
      i++;
      j++;
    } else if (right !== undefined && order > 0) {
      if (parts.hasChanges) changed.push(right.item);
      j++;
    } else if (left !== undefined) {
      if (parts.hasDeletions) deleted.push({ [mergeKey]: mergeKeyOf(left.item, mergeKey), [PATCH]: 'delete' });
      i++;
    }
  }
  return { changed, deleted };
}

interface Keyed {
  readonly item: JsonObject;
  readonly text: string;
}

function keyed(list: JsonArray, mergeKey: string): Keyed[] {
  return list.map((value) => ({ item: objectItem(value), text: goText(mergeKeyOf(value, mergeKey)) }));
}

function isSamePairs(old: readonly Keyed[], now: readonly Keyed[]): boolean {
  if (old.length !== now.length || !old.every(({ text }, index) => text === now[index]?.text)) return false;
  return new Set(old.map(({ text }) => text)).size === old.length;
}

function isSameOrder(before: JsonArray, after: JsonArray, mergeKey: string): boolean {
  if (before.length !== after.length) return false;
  return after.every((item, index) => isSameScalar(mergeKeyOf(before[index] ?? null, mergeKey), mergeKeyOf(item, mergeKey)));
}

/** Whether what both lists have stands in one order; kubectl takes a list with more items for one in another order. */
function isSameAmongShared(before: JsonArray, after: JsonArray, mergeKey: string): boolean {
  const keysOf = (list: JsonArray): JsonValue[] => list.map((item) => scalarKey(mergeKeyOf(item, mergeKey)));
  const [old, now] = [keysOf(before), keysOf(after)];
  if (old.length === now.length && old.every((key, index) => key === now[index])) return true;
  const [inOld, inNow] = [new Set(old), new Set(now)];
  const shared = now.filter((key) => inOld.has(key));
  return old.filter((key) => inNow.has(key)).every((key, index) => key === shared[index]);
}

function diffScalars(before: JsonArray, after: JsonArray, parts: DiffParts): ListDiff {
  const [old, now] = [goSorted(before, goText), goSorted(after, goText)];
  const added: JsonValue[] = [];
  const deleted: JsonValue[] = [];
  for (let [i, j] = [0, 0]; i < old.length || j < now.length; ) {
    const order = i >= old.length ? 1 : j >= now.length ? -1 : compareText(goText(old[i]), goText(now[j]));
    if (order > 0 && parts.hasChanges) added.push(now[j] ?? null);
    if (order < 0 && parts.hasDeletions) deleted.push(old[i] ?? null);
    if (order >= 0) j++;
    if (order <= 0) i++;
  }
  // kubectl has sorted the old list by now: one that was not in order counts as changed, one that is put in order does not.
  const isMoved = !isSame(parts.isSafe ? before : old, after);
  const isSaid = (parts.hasDeletions && deleted.length > 0) || (parts.hasChanges && isMoved);
  return {
    items: inOrder(added, after, '', false),
    deleted: withoutDuplicates(deleted),
    order: parts.hasOrder && isSaid ? after : NONE,
  };
}
