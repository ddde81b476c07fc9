import type { CelError } from './cel-error.ts';
import { compareNumbers, isNumeric } from './numbers.ts';
import { Boxed, type Value } from './value.ts';

/** CEL's `==`: values of different types are unequal, numbers compare across their types; only some typed objects have no answer. */
export function equal(a: Value, b: Value): boolean | CelError {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (a instanceof Boxed) return a.equals(b);
  if (b instanceof Boxed) return isNumeric(a) && isNumeric(b) ? compareNumbers(a, b) === 0 : false;
  // Ints have one form each, so what is left is unequal.
  return false;
}
