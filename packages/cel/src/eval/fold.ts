import { ACCUMULATOR } from '../macros/macro.ts';
import type { Comprehension } from '../syntax/ast.ts';
import { CelError } from '../value/cel-error.ts';
import { formatValue } from '../value/format-value.ts';
import { ArrayList, GrowingList, List } from '../value/list.ts';
import { CelMap, EntryMap } from '../value/map.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';
import type { Compiler } from './compile.ts';
import type { Context } from './context.ts';
import { undecided } from './operators.ts';
import { type Plan, type Step, step } from './plan.ts';

/** `all` and `exists`, which are what most expressions loop for: the fold that they are, with its costs, but without its steps. */
function quantifier(compiler: Compiler, expr: Comprehension): Plan | undefined {
  const { condition, step: turn, init, result } = expr;
  if (init.kind !== 'literal' || typeof init.value !== 'boolean' || expr.accumulator !== ACCUMULATOR || result.kind !== 'ident')
    return undefined;
  if (condition.kind !== 'call' || condition.name !== '@not_strictly_false' || turn.kind !== 'call') return undefined;
  const [, predicate] = turn.args;
  if (predicate === undefined) return undefined;
  // `all` ends with false, `exists` with true; the condition of the latter has a `!` more.
  const deciding = !init.value;
  const conditionCost = deciding ? 3 : 2;
  const range = compiler.plan(expr.range).run;
  const [first, second] = [compiler.slot(), compiler.slot()];
  const named: (readonly [string, Step])[] = [[expr.variable, reader(first)]];
  if (expr.variable2 !== undefined) named.push([expr.variable2, reader(second)]);
  const holds = compiler.scope(named, () => compiler.plan(predicate).run);
  const visit = expr.variable2 === undefined ? overItems : overPairs;
  return step((context) => {
    const over = range(context);
    if (over instanceof CelError) return over;
    let outcome: Result = !deciding;
    const problem = visit(over, (key, value) => {
      context.turn();
      context.charge(conditionCost);
      if (outcome === deciding) return false;
      context.slots[first] = key;
      context.slots[second] = value;
      context.charge(1);
      const held = holds(context);
      if (held === deciding) outcome = deciding;
      else if (held !== !deciding || outcome !== !deciding) outcome = undecided(outcome, held, deciding);
      return true;
    });
    if (problem !== undefined) {
      problem.node ??= expr.id;
      return problem;
    }
    context.charge(1);
    return outcome;
  });
}

/** A fold over a list's items or a map's keys; with two variables over both. */
export function fold(compiler: Compiler, expr: Comprehension): Plan {
  const quantified = quantifier(compiler, expr);
  if (quantified !== undefined) return quantified;
  const range = compiler.plan(expr.range).run;
  const init = initialiser(compiler, expr);
  const accumulator = compiler.slot();
  const [first, second] = [compiler.slot(), compiler.slot()];
  const named: (readonly [string, Step])[] = [[expr.variable, reader(first)]];
  if (expr.variable2 !== undefined) named.push([expr.variable2, reader(second)]);

  const { condition, next, result } = compiler.scope([[expr.accumulator, lazyReader(accumulator, init)]], () => {
    const inner = compiler.scope(named, () => ({ condition: alwaysUnless(compiler, expr), next: compiler.plan(expr.step).run }));
    return { ...inner, result: compiler.plan(expr.result).run };
  });

  function turn(context: Context, key: Result, value: Result): boolean {
    context.turn();
    context.slots[first] = key;
    context.slots[second] = value;
    // Anything but a plain false goes on: an error may still be absorbed.
    if (condition !== undefined && condition(context) === false) return false;
    context.slots[accumulator] = next(context);
    return true;
  }

  const hasTwo = expr.variable2 !== undefined;
  const visit = hasTwo ? overPairs : overItems;
  return step((context) => {
    const over = range(context);
    if (over instanceof CelError) return over;
    context.slots[accumulator] = undefined;
    const problem = visit(over, (key, value) => turn(context, key, value));
    if (problem !== undefined) {
      problem.node ??= expr.id;
      return problem;
    }
    return settled(result(context));
  });
}

function overItems(over: Value, turn: (item: Result, none: Result) => boolean): CelError | undefined {
  if (over instanceof List) {
    for (let index = 0; index < over.length; index++) if (!turn(over.at(index), null)) break;
    return undefined;
  }
  if (over instanceof CelMap) {
    for (const key of over.keys()) if (!turn(key, null)) break;
    return undefined;
  }
  return new CelError(`got '${goName(over)}', expected iterable type`);
}

function overPairs(over: Value, turn: (key: Result, value: Result) => boolean): CelError | undefined {
  if (over instanceof List) {
    for (let index = 0; index < over.length; index++) if (!turn(index, over.at(index))) break;
    return undefined;
  }
  if (over instanceof CelMap) {
    for (const key of over.keys()) if (!turn(key, over.find(key) ?? null)) break;
    return undefined;
  }
  return new CelError(`unsupported comprehension range type: ${goName(over)}`);
}

function goName(value: Value): string {
  const name = runtimeName(typeOfValue(value));
  return /^[a-z]+$/.test(name) ? `types.${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

function reader(slot: number): Step {
  return (context) => context.slots[slot] ?? null;
}

/** The first value is found when it is first asked for: one that `bind` names may never be. */
function lazyReader(slot: number, init: Step): Step {
  return (context) => {
    let value = context.slots[slot];
    if (value === undefined) {
      value = init(context);
      context.slots[slot] = value;
    }
    return value;
  };
}

function initialiser(compiler: Compiler, expr: Comprehension): Step {
  const isBinding = expr.range.kind === 'list' && expr.range.items.length === 0;
  // A fold that gathers starts with a list or map that grows; a bound value is nobody's to change.
  if (!isBinding && expr.init.kind === 'list' && expr.init.items.length === 0) return () => new GrowingList();
  if (!isBinding && expr.init.kind === 'map' && expr.init.entries.length === 0) return () => new EntryMap();
  return compiler.plan(expr.init).run;
}

/** The condition, unless it is a plain `true`. */
function alwaysUnless(compiler: Compiler, expr: Comprehension): Step | undefined {
  return expr.condition.kind === 'literal' && expr.condition.value === true ? undefined : compiler.plan(expr.condition).run;
}

function settled(result: Result): Result {
  return result instanceof GrowingList ? new ArrayList(result.items) : result;
}

/** `cel.@mapInsert`, which only macros call: the map is the one they gather their result in, so it grows in place. */
export function insert(map: Value, entries: Iterable<readonly [Value, Value]>): Result {
  if (!(map instanceof EntryMap)) return new CelError('no such overload');
  for (const [key, value] of entries) {
    if (map.find(key) !== undefined) return new CelError(`insert failed: key ${formatValue(key)} already exists`);
    map.set(key, value);
  }
  return map;
}
