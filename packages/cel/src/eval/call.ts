import { standardCost } from '../cost/runtime-cost.ts';
import { CONVERSIONS } from '../library/conversions.ts';
import type { CallCost, Overload } from '../library/function.ts';
import { patternOf } from '../library/patterns.ts';
import type { Call } from '../syntax/ast.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { Optional } from '../value/optional.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';
import type { Compiler } from './compile.ts';
import { Context } from './context.ts';
import { isMember } from './membership.ts';
import { BINARY, logic, UNARY } from './operators.ts';
import { accepts } from './overload.ts';
import { constant, type Plan, PlanProblem, type Step, step } from './plan.ts';

type Call1 = (value: Value) => Result;
type Call2 = (left: Value, right: Value) => Result;

/** A call of an operator or function. */
export function call(compiler: Compiler, expr: Call): Plan {
  const [a, b, c] = expr.args;
  if (expr.target === undefined && a !== undefined && b !== undefined) {
    if (expr.name === '_?_:_' && c !== undefined) return compiler.condition(a, b, c);
    if (expr.name === '_[_]') return compiler.index(expr, a, b, false);
    if (expr.name === '_[?_]' || expr.name === '_?._') return compiler.index(expr, a, b, true);
    if (expr.name === '_&&_') return step(logic(compiler.plan(a).run, compiler.plan(b).run, false));
    if (expr.name === '_||_') return step(logic(compiler.plan(a).run, compiler.plan(b).run, true));
  }
  return ordinary(compiler, expr);
}

function ordinary(compiler: Compiler, expr: Call): Plan {
  const reference = compiler.reference(expr);
  if (reference?.kind !== 'function') return step(noSuchOverload);
  const { name, overloads } = reference;
  const nodes = reference.hasTarget && expr.target !== undefined ? [expr.target, ...expr.args] : expr.args;
  const plans = nodes.map((node) => compiler.plan(node));
  const overload = overloads.length === 1 ? (overloads[0]?.id ?? '') : '';
  const cost = costOf(compiler, name, overload);
  const [first, second] = plans;

  if (first !== undefined && second !== undefined) {
    if (name === 'or' || name === 'orValue') return step(orElse(first.run, second.run, name === 'orValue'));
    if (overload === 'in_list' && second.kind === 'constant') {
      const membership = isMember(first.run, second.value);
      if (membership !== undefined) return membership;
    }
    const operator = BINARY[name];
    if (operator !== undefined) return step(binary(first.run, second.run, operator, cost, expr.id, name === '@in'));
    // A pattern that is none is found before anything is evaluated.
    if (TAKES_PATTERN.has(name) && second.kind === 'constant' && typeof second.value === 'string') {
      const pattern = patternOf(second.value, compiler.services);
      if (pattern instanceof CelError && pattern.class === 'runtime') throw new PlanProblem(pattern.message);
    }
  }
  if (first !== undefined && plans.length === 1) {
    const operator = UNARY[name];
    if (operator !== undefined) return step(unary(first.run, operator, cost, expr.id, name === '@not_strictly_false'));
  }

  const declaration = compiler.functions.get(name);
  const run = functionCall(
    plans.map((plan) => plan.run),
    dispatcher(name, overloads.length === 1 ? overloads : (declaration?.overloads ?? overloads), declaration?.isUnguarded === true),
    cost,
    expr.id,
  );
  if (CONVERSIONS.has(name) && first?.kind === 'constant' && plans.length === 1) {
    const value = run(new Context([], Number.POSITIVE_INFINITY, compiler.services));
    if (value instanceof CelError) throw new PlanProblem(value.message);
    return constant(value);
  }
  const isFixed = first?.kind === 'constant' && plans.length === 1 && READS_TEXT.has(name);
  return step(isFixed && !compiler.isObserved ? readOnce(run) : run);
}

/** What is read of a constant text is the same each time. */
const READS_TEXT: ReadonlySet<string> = new Set(['quantity', 'ip', 'cidr', 'url', 'semver']);

/** Evaluates once, and after that costs what it cost then. */
function readOnce(run: Step): Step {
  let known: Result | undefined;
  let cost = 0;
  return (context) => {
    if (known !== undefined) {
      context.charge(cost);
      return known;
    }
    const before = context.cost;
    const result = run(context);
    cost = context.cost - before;
    known = result;
    return result;
  };
}

const TAKES_PATTERN: ReadonlySet<string> = new Set(['matches', 'find', 'findAll']);

/** The cost of one call; undefined where it is always 1. */
function costOf(compiler: Compiler, name: string, overload: string): CallCost | undefined {
  const own = compiler.functions.get(name)?.cost;
  const standard = standardCost(overload);
  return own === undefined ? standard : (args, result, id) => own(args, result, id) ?? standard?.(args, result, id) ?? 1;
}

function unary(run: Step, operator: Call1, cost: CallCost | undefined, node: number, takesErrors: boolean): Step {
  return (context) => {
    const value = run(context);
    const result = value instanceof CelError ? (takesErrors ? true : value) : operator(value);
    context.charge(cost === undefined ? 1 : (cost([value], result, '') ?? 1));
    return result instanceof CelError ? at(node, result) : result;
  };
}

function binary(left: Step, right: Step, operator: Call2, cost: CallCost | undefined, node: number, isSized: boolean): Step {
  return (context) => {
    const a = left(context);
    const b = right(context);
    const result = a instanceof CelError ? a : b instanceof CelError ? b : operator(a, b);
    if (cost === undefined || (!isSized && isSmall(a, b))) context.charge(1);
    else context.charge(cost([a, b], result, '') ?? 1);
    return result instanceof CelError ? at(node, result) : result;
  };
}

/** Costs of what operators compare go by size; numbers and booleans have none, and most texts are short. */
function isSmall(a: Result, b: Result): boolean {
  return typeof a === 'number' || typeof b === 'number' || typeof a === 'boolean' || typeof b === 'boolean';
}

function functionCall(steps: readonly Step[], dispatch: Dispatch, cost: CallCost | undefined, node: number): Step {
  const [first, second] = steps;
  if (first !== undefined && second !== undefined && steps.length === 2) return binaryCall(first, second, dispatch, cost, node);
  return (context) => {
    const args: Value[] = [];
    let failed: CelError | undefined;
    for (let index = 0; index < steps.length; index++) {
      const value = steps[index]?.(context) ?? null;
      if (value instanceof CelError) {
        failed ??= value;
        // Calls of three and more end at the first error, and then cost nothing.
        if (steps.length > 2) return failed;
        args.push(null);
      } else args.push(value);
    }
    const result = failed ?? dispatch(args, context);
    context.charge(cost === undefined ? 1 : (cost(args, result, dispatch.overload) ?? 1));
    return result instanceof CelError ? at(node, result) : result;
  };
}

/** Most calls have a target and one argument. */
function binaryCall(left: Step, right: Step, dispatch: Dispatch, cost: CallCost | undefined, node: number): Step {
  return (context) => {
    const a = left(context);
    const b = right(context);
    if (a instanceof CelError || b instanceof CelError) {
      context.charge(cost === undefined ? 1 : (cost([a, b], a, dispatch.overload) ?? 1));
      return a instanceof CelError ? a : b;
    }
    const args = [a, b];
    const result = dispatch(args, context);
    context.charge(cost === undefined ? 1 : (cost(args, result, dispatch.overload) ?? 1));
    return result instanceof CelError ? at(node, result) : result;
  };
}

function at(node: number, error: CelError): CelError {
  error.node ??= node;
  return error;
}

interface Dispatch {
  (args: readonly Value[], context: Context): Result;
  overload: string;
}

/** Calls the overload whose arguments these are. */
function dispatcher(name: string, overloads: readonly Overload[], isUnguarded: boolean): Dispatch {
  const [only] = overloads;
  // One that looks at its arguments itself is called at once.
  if (isUnguarded && only?.call !== undefined && overloads.length === 1) {
    const { call: run } = only;
    return Object.assign((args: readonly Value[], context: Context) => run(args, context), { overload: only.id });
  }
  const dispatch = (args: readonly Value[], context: Context): Result => {
    for (const overload of overloads)
      if (overload.call !== undefined && overload.args.length === args.length && (isUnguarded || accepts(overload, args)))
        return overload.call(args, context);
    return new CelError(`no such overload: ${name}(${args.map((arg) => runtimeName(typeOfValue(arg))).join(', ')})`);
  };
  return Object.assign(dispatch, { overload: overloads.length === 1 ? (overloads[0]?.id ?? '') : '' });
}

/** `a.or(b)`, `a.orValue(b)`: the second is evaluated only where the first has no value. They cost nothing themselves. */
function orElse(left: Step, right: Step, isValue: boolean): Step {
  return (context) => {
    const optional = left(context);
    if (optional instanceof CelError) return optional;
    if (!(optional instanceof Optional)) return noSuchOverload();
    if (optional.value === undefined) return right(context);
    return isValue ? optional.value : optional;
  };
}
