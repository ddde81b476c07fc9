import type { CallCost } from '../library/function.ts';
import { Bytes } from '../value/bytes.ts';
import { isError } from '../value/cel-error.ts';
import { Cidr } from '../value/cidr.ts';
import { Ip } from '../value/ip.ts';
import { List } from '../value/list.ts';
import { CelMap } from '../value/map.ts';
import { sizeOf } from '../value/size.ts';
import type { Result } from '../value/value.ts';

// The factors of the server's cost model.
export const TRAVERSAL = 0.1;
export const PATTERN = 0.25;
export const LIST_CREATION = 10;
export const MAP_CREATION = 30;
export const STRUCT_CREATION = 40;

export function actualSize(value: Result | undefined): number {
  return value === undefined || isError(value) ? 1 : sizeOf(value);
}

/** Going once through a text, bytes or list. */
export function traversal(value: Result | undefined, times = 1): number {
  // Most texts are short: their characters need not be counted.
  if (times === 1 && typeof value === 'string' && value.length <= 10) return value === '' ? 0 : 1;
  return Math.ceil(actualSize(value) * times * TRAVERSAL);
}

/** Going through all that a value holds: a list of texts costs what its texts cost, in bytes. */
export function deepTraversal(value: Result | undefined): number {
  if (typeof value === 'string') return Math.floor(new TextEncoder().encode(value).length * TRAVERSAL);
  if (value instanceof Bytes) return Math.floor(value.size() * TRAVERSAL);
  let cost = 0;
  if (value instanceof List) {
    for (let index = 0; index < value.length; index++) cost += deepTraversal(value.at(index));
    return cost;
  }
  if (!(value instanceof CelMap)) return 1;
  for (const key of value.keys()) cost += deepTraversal(key) + deepTraversal(value.find(key));
  return cost;
}

const byLeft: CallCost = ([left]) => traversal(left);
const byRight: CallCost = ([, right]) => traversal(right);
const byLesser: CallCost = ([left, right]) => {
  if (typeof left === 'string' && typeof right === 'string') {
    const units = Math.min(left.length, right.length);
    if (units <= 10) return units === 0 ? 0 : 1;
  }
  return Math.ceil(Math.min(actualSize(left), actualSize(right)) * TRAVERSAL);
};
const bySum: CallCost = ([left, right]) => Math.ceil((actualSize(left) + actualSize(right)) * TRAVERSAL);

export const byPattern: CallCost = ([text, pattern]) => patternCost(actualSize(text), actualSize(pattern));

export function patternCost(textSize: number, patternSize: number): number {
  return Math.ceil((1 + textSize) * TRAVERSAL) * Math.ceil(patternSize * PATTERN);
}

const STANDARD: Readonly<Record<string, CallCost>> = {
  starts_with_string: byRight,
  ends_with_string: byRight,
  string_to_bytes: byLeft,
  bytes_to_string: byLeft,
  strings_quote: byLeft,
  string_format: byLeft,
  in_list: ([, list]) => actualSize(list),
  less_string: byLesser,
  greater_string: byLesser,
  less_equals_string: byLesser,
  greater_equals_string: byLesser,
  less_bytes: byLesser,
  greater_bytes: byLesser,
  less_equals_bytes: byLesser,
  greater_equals_bytes: byLesser,
  equals: (args, ...rest) => (args[0] instanceof Ip || args[0] instanceof Cidr ? 1 : byLesser(args, ...rest)),
  not_equals: byLesser,
  add_string: bySum,
  add_bytes: bySum,
  matches: byPattern,
  matches_string: byPattern,
  contains_string: ([text, part]) => traversal(text) * traversal(part),
};

/** The standard cost of an overload: undefined where it is 1. */
export function standardCost(overload: string): CallCost | undefined {
  return Object.hasOwn(STANDARD, overload) ? STANDARD[overload] : undefined;
}
