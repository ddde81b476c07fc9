import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { equal } from '../value/equal.ts';
import type { Result, Value } from '../value/value.ts';
import { add, compare, divide, isIn, modulo, multiply, negate, subtract } from './arithmetic.ts';
import type { Step } from './plan.ts';

/** `&&` and `||`: the value that decides does so whatever the other gives; otherwise the first error counts. */
export function logic(left: Step, right: Step, deciding: boolean): Step {
  return (context) => {
    const a = left(context);
    if (a === deciding) return deciding;
    const b = right(context);
    if (b === deciding) return deciding;
    if (a === !deciding && b === !deciding) return !deciding;
    return undecided(a, b, deciding);
  };
}

/** What `&&` and `||` give where neither side decides. */
export function undecided(a: Result, b: Result, deciding: boolean): Result {
  const problems = [a, b]
    .filter((result) => result !== !deciding)
    .map((result) => (result instanceof CelError ? result : noSuchOverload()));
  // What cannot be known outweighs what is known to fail: the verdict may hang on it.
  return problems.find((problem) => problem.class === 'not-evaluable') ?? problems[0] ?? !deciding;
}

export const UNARY: Readonly<Record<string, ((value: Value) => Result) | undefined>> = {
  '!_': (value) => (typeof value === 'boolean' ? !value : noSuchOverload()),
  '-_': negate,
  '@not_strictly_false': (value) => (typeof value === 'boolean' ? value : true),
};

export const BINARY: Readonly<Record<string, ((left: Value, right: Value) => Result) | undefined>> = {
  '_+_': add,
  '_-_': subtract,
  '_*_': multiply,
  '_/_': divide,
  '_%_': modulo,
  '_==_': equal,
  '_!=_': (left, right) => {
    const isEqual = equal(left, right);
    // An equality without an answer is not true, so this is.
    return isEqual !== true;
  },
  '_<_': (left, right) => ordered(compare(left, right, '_<_'), (order) => order < 0),
  '_<=_': (left, right) => ordered(compare(left, right, '_<=_'), (order) => order <= 0),
  '_>_': (left, right) => ordered(compare(left, right, '_>_'), (order) => order > 0),
  '_>=_': (left, right) => ordered(compare(left, right, '_>=_'), (order) => order >= 0),
  '@in': isIn,
};

function ordered(order: number | CelError, holds: (order: number) => boolean): Result {
  return order instanceof CelError ? order : holds(order);
}
