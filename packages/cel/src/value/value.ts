import type { CelType } from '../types/type.ts';
import type { CelError } from './cel-error.ts';

/**
 * A CEL value. An int is a `number` while it is safe (|n| ≤ 2^53−1) and a `bigint` beyond that, as core has it; strings,
 * booleans and null are JavaScript's; everything else (uint, double, bytes, times, lists, maps, …) is a `Boxed`.
 */
export type Value = null | boolean | number | bigint | string | Boxed;

/** What an evaluation step gives: errors travel as values, since `||`, `&&` and the macros may absorb them. */
export type Result = Value | CelError;

export abstract class Boxed {
  /** The type by its run-time name: parameters of lists and maps are not known then. */
  abstract typeOf(): CelType;

  /** Equality with a value that is not null; false for a value of a type that cannot be equal. */
  abstract equals(other: Value): boolean | CelError;

  /** What traversing it costs: the number of its characters, bytes, items or members; 1 for others. */
  size(): number {
    return 1;
  }
}
