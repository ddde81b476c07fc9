import { CelError } from '../value/cel-error.ts';
import { List } from '../value/list.ts';
import { Double, isInt, toInt, UInt } from '../value/numbers.ts';
import type { Value } from '../value/value.ts';
import { constant, type Plan, type Step, step } from './plan.ts';

/** `x in [1, 2]` of a constant list of plain values: looked up in a set, and as on the server without a cost. undefined for other lists. */
export function isMember(value: Step, list: Value): Plan | undefined {
  if (!(list instanceof List)) return undefined;
  if (list.length === 0) return constant(false);
  const members = new Set<unknown>();
  for (let index = 0; index < list.length; index++) {
    const key = keyOf(list.at(index));
    if (key === undefined || key === null) return undefined;
    members.add(key);
  }
  return step((context) => {
    const found = value(context);
    return found instanceof CelError ? found : members.has(keyOf(found));
  });
}

function keyOf(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || isInt(value)) return value;
  if (value instanceof UInt) return toInt(value.value);
  if (value instanceof Double) return Number.isInteger(value.value) ? toInt(BigInt(value.value)) : value.value;
  return undefined;
}
