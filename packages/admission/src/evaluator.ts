import { type Bindings, CelError, type EvaluationError, type ExplainedStep, LazyObject, type Value } from '@plumbline/cel';
import type { Expression } from './expression.ts';
import type { Variables } from './variables.ts';

// k8s.io/apiserver/pkg/apis/cel: what one expression may cost, and all of them together.
export const EACH = 1_000_000;
export const BUDGET = 10_000_000;
export const MATCH_CONDITIONS_BUDGET = 2_500_000;

export type Evaluated = { readonly value: Value } | Failed;

/** `unknown`: the verdict hangs on what cannot be known here. */
export interface Failed {
  readonly error: string;
  readonly unknown: boolean;
}

const TRUE: Evaluated = { value: true };
const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';

/** Evaluates expressions over one request within one budget; a variable is evaluated once, when an expression asks for it. */
export class Evaluator {
  readonly #bindings: Bindings;
  readonly #variables: Variables;
  #left: number;
  /** What variables cost since it was last asked. */
  #spent = 0;

  constructor(bindings: Bindings, variables: Variables, budget: number) {
    this.#bindings = variables.expressions.size === 0 ? bindings : this.#withVariables(bindings, variables);
    this.#variables = variables;
    this.#left = budget;
  }

  #withVariables(bindings: Bindings, { type, expressions }: Variables): Bindings {
    const values = new LazyObject(type, (name) => {
      const expression = expressions.get(name);
      return expression === undefined ? undefined : this.#variable(name, expression);
    });
    // Each by its name: to spread takes several times as long, and this is done for each object and policy.
    const { object, oldObject, request, params, namespaceObject } = bindings;
    return { object, oldObject, request, params, namespaceObject, variables: values };
  }

  get left(): number {
    return this.#left;
  }

  /** Undefined once the budget is spent: nothing after it counts. */
  evaluate(expression: Expression): Evaluated | undefined {
    const { compiled } = expression;
    if ('message' in compiled) return { error: `compilation error: ${compiled.message}`, unknown: false };
    const evaluation = compiled.program.evaluate(this.#bindings, { costLimit: EACH });
    this.#left -= this.#spent + evaluation.cost;
    this.#spent = 0;
    if (this.#left < 0) return undefined;
    if (evaluation.ok) return evaluation.value === true ? TRUE : { value: evaluation.value };
    const { error } = evaluation;
    return { error: `expression '${expression.text}' resulted in error: ${error.message}`, unknown: error.class === 'not-evaluable' };
  }

  /** All of a list, in order; a failure where the budget does not do. */
  all(expressions: readonly Expression[]): readonly Evaluated[] | Failed {
    const results: Evaluated[] = [];
    for (const expression of expressions) {
      const result = this.evaluate(expression);
      if (result === undefined) return { error: OUT_OF_BUDGET, unknown: false };
      results.push(result);
    }
    return results;
  }

  /** The parts of an expression with their values, innermost first. */
  steps({ compiled }: Expression): readonly ExplainedStep[] {
    return 'message' in compiled ? [] : compiled.program.explain(this.#bindings, { costLimit: EACH }).steps;
  }

  variable(name: string): Expression | undefined {
    return this.#variables.expressions.get(name);
  }

  #variable(name: string, expression: Expression): Value | CelError {
    const { compiled } = expression;
    if ('message' in compiled) return new CelError(`composited variable "${name}" fails to compile: ${compiled.message}`);
    const evaluation = compiled.program.evaluate(this.#bindings, { costLimit: EACH });
    this.#spent += evaluation.cost;
    return evaluation.ok ? evaluation.value : variableError(name, evaluation.error);
  }
}

function variableError(name: string, error: EvaluationError): CelError {
  const isUnknown = error.class === 'not-evaluable';
  return new CelError(`composited variable "${name}" fails to evaluate: ${error.message}`, isUnknown ? 'not-evaluable' : 'runtime');
}

export function isFailed(result: unknown): result is Failed {
  return typeof result === 'object' && result !== null && 'error' in result;
}
