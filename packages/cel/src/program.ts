import type { JsonValue } from '@plumbline/core';
import type { Bindings, EvaluateOptions, Evaluation, Explanation, Program } from './api.ts';
import type { Checked } from './check/checked.ts';
import type { Declarations } from './check/declarations.ts';
import { estimateCost } from './cost/estimate.ts';
import { type Compiled, compile, type UsedVariable } from './eval/compile.ts';
import { Context, Interruption, type Services } from './eval/context.ts';
import { type Extents, errorOf } from './eval/evaluation-error.ts';
import { explain } from './explain.ts';
import { AUTHORIZER_TYPES, authorizerValue } from './library/authz.ts';
import type { Expr } from './syntax/ast.ts';
import { childrenOf } from './syntax/children.ts';
import { type CelType, DYN } from './types/type.ts';
import { CelError } from './value/cel-error.ts';
import { fromJson } from './value/json.ts';
import { Boxed, type Result, type Value } from './value/value.ts';

/** What the server lets one evaluation cost. */
export const PER_CALL_COST_LIMIT = 1_000_000;

export function createProgram(text: string, checked: Checked, declarations: Declarations, services: Services): Program {
  const compiled = compile(checked, declarations.functions, services);
  const extents = extentsOf(checked.expr);
  const evaluate = (bindings: Bindings, options: EvaluateOptions = {}): Evaluation =>
    run(compiled, declarations, services, bindings, options, extents);
  return {
    text,
    type: checked.types.get(checked.expr.id) ?? DYN,
    references: new Set(compiled.variables.map(({ name }) => name)),
    evaluate,
    estimateCost: () => estimateCost(checked, declarations),
    explain(bindings, options = {}): Explanation {
      return explain(text, checked, extents, (observer) =>
        run(compile(checked, declarations.functions, services, observer), declarations, services, bindings, options, extents),
      );
    },
  };
}

function run(
  compiled: Compiled,
  declarations: Declarations,
  services: Services,
  bindings: Bindings,
  options: EvaluateOptions,
  extents: Extents,
): Evaluation {
  const slots: (Result | undefined)[] = new Array(compiled.slotCount);
  const { variables } = compiled;
  for (let index = 0; index < variables.length; index++) {
    const { name, slot } = variables[index] as UsedVariable; // it is there
    const type = declarations.variables.get(name) ?? DYN;
    const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    if (value !== undefined) slots[slot] = bound(value, type);
    else if (type.kind === 'object' && AUTHORIZER_TYPES.has(type.name)) slots[slot] = authorizerValue(type.name);
  }
  const context = new Context(slots, options.costLimit ?? PER_CALL_COST_LIMIT, services, options.isCancelled);
  try {
    const result = compiled.run(context);
    if (!(result instanceof CelError)) return { ok: true, value: result, cost: context.cost };
    return { ok: false, error: errorOf(result, extents), cost: context.cost };
  } catch (problem) {
    // A text longer than JavaScript can hold, which the server's memory would end as well.
    const ended = problem instanceof RangeError ? new Interruption('cost-limit', `operation cancelled: ${problem.message}`) : problem;
    if (!(ended instanceof Interruption)) throw ended;
    return { ok: false, error: { class: ended.class, message: ended.message, range: undefined }, cost: context.cost };
  }
}

function bound(value: JsonValue | Value, type: CelType): Result {
  if (value instanceof Boxed) return value;
  // What is no Boxed is JSON, or a plain value, which reads the same.
  return fromJson(value as JsonValue, type);
}

function extentsOf(expr: Expr): Extents {
  const extents = new Map<number, { readonly start: number; readonly end: number }>();
  const visit = (at: Expr): void => {
    extents.set(at.id, { start: at.start, end: at.end });
    for (const child of childrenOf(at)) visit(child);
  };
  visit(expr);
  return extents;
}
