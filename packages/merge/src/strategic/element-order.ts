import type { JsonArray, JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { isDelete, mergeKeyOf, objectItem } from './directives.ts';
import { insertionSort, scalarKey } from './go.ts';

/** Where items stand in a list, by merge key or as scalars. */
class Positions {
  private readonly byKey = new Map<JsonValue, number>();
  private readonly mergeKey: string;
  private readonly isKeyed: boolean;

  constructor(order: JsonArray, mergeKey: string, isKeyed: boolean) {
    this.mergeKey = mergeKey;
    this.isKeyed = isKeyed;
    // Of several with one key, the first counts.
    for (let index = order.length - 1; index >= 0; index--) this.byKey.set(this.keyOf(order[index] ?? null), index);
  }

  of(item: JsonValue): number | undefined {
    return this.byKey.get(this.keyOf(item));
  }

  private keyOf(item: JsonValue): JsonValue {
    return scalarKey(this.isKeyed ? (own(objectItem(item), this.mergeKey) ?? null) : item);
  }
}

/** The items in the order in which `order` has them, those to delete last. */
export function inOrder(items: JsonArray, order: JsonArray, mergeKey: string, isKeyed: boolean): JsonValue[] {
  if (isKeyed) for (const list of [items, order]) for (const item of list) mergeKeyOf(item, mergeKey);
  if (items.length === 0) return [];
  const deleted = isKeyed ? items.filter(isDelete) : [];
  const kept = deleted.length === 0 ? [...items] : items.filter((item) => !isDelete(item));
  const positions = new Positions(order, mergeKey, isKeyed);
  const placed = kept.map((item) => ({ item, position: positions.of(item) }));
  if (placed.every(({ position }) => position !== undefined)) placed.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  // Go sorts with an order that takes whatever is in neither list for the least.
  else insertionSort(placed, (a, b) => a.position === undefined || b.position === undefined || a.position < b.position);
  return [...placed.map(({ item }) => item), ...deleted];
}

/**
 * Both kinds of items in one list: those of the patch in the order of `patchOrder`, those of the server alone among them where the
 * live list (`serverOrder`) has them.
 */
export function interleave(
  patchItems: JsonArray,
  serverItems: JsonArray,
  patchOrder: JsonArray,
  serverOrder: JsonArray,
  mergeKey: string,
  isKeyed: boolean,
): JsonValue[] {
  const right = inOrder(patchItems, patchOrder, mergeKey, isKeyed);
  const left = inOrder(serverItems, serverOrder, mergeKey, isKeyed);
  const positions = new Positions(serverOrder, mergeKey, isKeyed);
  const out: JsonValue[] = [];
  for (let [i, j] = [0, 0]; i < left.length || j < right.length; ) {
    const [server, patch] = [left[i] ?? null, right[j] ?? null];
    const isServerNext = j >= right.length || (i < left.length && isBefore(positions.of(server), positions.of(patch)));
    if (isServerNext) {
      out.push(server);
      i++;
    } else {
      out.push(patch);
      j++;
    }
  }
  return out;
}

function isBefore(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

/** The items whose key is in a list, and the others. */
export function partition(items: JsonArray, by: JsonArray, mergeKey: string): readonly [there: JsonArray, others: JsonArray] {
  const isKeyed = mergeKey !== '';
  if (isKeyed) for (const item of items) mergeKeyOf(item, mergeKey);
  const positions = new Positions(by, mergeKey, isKeyed);
  const there = items.filter((item) => positions.of(item) !== undefined);
  return [there, there.length === items.length ? [] : items.filter((item) => positions.of(item) === undefined)];
}
