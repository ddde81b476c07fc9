import { actualSize } from '../cost/runtime-cost.ts';
import { isError, noSuchOverload } from '../value/cel-error.ts';
import { itemsOf, List } from '../value/list.ts';
import type { Result } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';

function onLists(use: (left: List, right: List) => Result): Implementation {
  return ([left = null, right = null]) => (left instanceof List && right instanceof List ? use(left, right) : noSuchOverload());
}

function contains(list: List, part: List): Result {
  const items = itemsOf(part);
  if (isError(items)) return items;
  for (const item of items) {
    const isIn = list.contains(item);
    if (isIn !== true) return isIn;
  }
  return true;
}

function intersects(left: List, right: List): Result {
  const items = itemsOf(left);
  return isError(items) ? items : items.some((item) => right.contains(item) === true);
}

function equivalent(left: List, right: List): Result {
  const isIn = contains(left, right);
  return isIn === true ? contains(right, left) : isIn;
}

function byProduct(factor: number): CallCost {
  return ([left, right]) => 1 + Math.floor(actualSize(left) * actualSize(right) * factor);
}

/** Lists as sets. */
export function sets(): Library {
  return {
    functions: [
      declare('sets.contains', [['list_sets_contains_list', '(list(T), list(T)): bool', onLists(contains)]], byProduct(1)),
      declare('sets.equivalent', [['list_sets_equivalent_list', '(list(T), list(T)): bool', onLists(equivalent)]], byProduct(2)),
      declare('sets.intersects', [['list_sets_intersects_list', '(list(T), list(T)): bool', onLists(intersects)]], byProduct(1)),
    ],
  };
}
