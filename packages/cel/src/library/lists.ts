import { deepTraversal } from '../cost/runtime-cost.ts';
import { add, compare } from '../eval/arithmetic.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { equal } from '../value/equal.ts';
import { itemsOf, List } from '../value/list.ts';
import { Double, UInt } from '../value/numbers.ts';
import { Duration } from '../value/time.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';

const COMPARABLE = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

const ZEROS: Readonly<Record<string, () => Value>> = {
  int: () => 0,
  uint: () => new UInt(0n),
  double: () => new Double(0),
  duration: () => new Duration(0n),
};

const cost: CallCost = ([list]) => deepTraversal(list);

function onItems(use: (items: readonly Value[], ...args: readonly Value[]) => Result): Implementation {
  return ([list = null, ...args]) => {
    const items = list instanceof List ? itemsOf(list) : noSuchOverload();
    return isError(items) ? items : use(items, ...args);
  };
}

const isSorted = onItems((items) => items.every((item, index) => index === 0 || compare(items[index - 1] ?? null, item, 'isSorted') !== 1));

function sum(zero: () => Value): Implementation {
  return onItems((items) => items.reduce<Result>((total, item) => (isError(total) ? total : add(total, item)), zero()));
}

function extreme(name: string, preferred: number): Implementation {
  return onItems(([first, ...rest]) => {
    if (first === undefined) return new CelError(`${name} called on empty list`);
    return rest.reduce((best, item) => (compare(best, item, name) === preferred ? item : best), first);
  });
}

const indexOf = onItems((items, wanted = null) => items.findIndex((item) => equal(item, wanted) === true));
const lastIndexOf = onItems((items, wanted = null) => items.findLastIndex((item) => equal(item, wanted) === true));

const includes: Implementation = ([target = null, wanted = null]) => {
  if (!(target instanceof List)) return equal(target, wanted) === true;
  const items = itemsOf(target);
  return isError(items) ? items : items.some((item) => equal(item, wanted) === true);
};

/** Kubernetes' own functions of lists; version 1 adds `includes`. */
export function lists(version: number): Library {
  const functions = [
    declare(
      'isSorted',
      COMPARABLE.map((type) => [`list_${type}_is_sorted_bool`, `list(${type}).(): bool`, isSorted] as const),
      cost,
    ),
    declare(
      'sum',
      Object.entries(ZEROS).map(([type, zero]) => [`list_${type}_sum_${type}`, `list(${type}).(): ${type}`, sum(zero)] as const),
      cost,
    ),
    declare(
      'max',
      COMPARABLE.map((type) => [`list_${type}_max_${type}`, `list(${type}).(): ${type}`, extreme('max', -1)] as const),
      cost,
    ),
    declare(
      'min',
      COMPARABLE.map((type) => [`list_${type}_min_${type}`, `list(${type}).(): ${type}`, extreme('min', 1)] as const),
      cost,
    ),
    declare('indexOf', [['list_a_index_of_int', 'list(A).(A): int', indexOf]], cost),
    declare('lastIndexOf', [['list_a_last_index_of_int', 'list(A).(A): int', lastIndexOf]], cost),
  ];
  if (version >= 1) functions.push(declare('includes', [['list_includes_dyn_dyn', 'dyn.(dyn): bool', includes]], cost));
  return { functions };
}
