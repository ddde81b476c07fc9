import type { Result, Value } from '../value/value.ts';
import type { Context } from './context.ts';

/** One step of an evaluation. */
export type Step = (context: Context) => Result;

/** What a node of an expression became. */
export type Plan = ConstantPlan | AttributePlan | StepPlan;

/** Known before evaluation; costs nothing. */
export interface ConstantPlan {
  readonly kind: 'constant';
  readonly value: Value;
  readonly run: Step;
}

export interface StepPlan {
  readonly kind: 'step';
  readonly run: Step;
}

/**
 * A variable, or the outcome of a step, and what is selected of it. The server counts it as one step, plus one for each
 * selection; within a condition or an index it counts the selections only. So it has two ways to run.
 */
export interface AttributePlan {
  readonly kind: 'attribute';
  /** With the cost of its selections only. */
  readonly resolve: Step;
  /** With the cost of the step as well. */
  readonly run: Step;
  /** The attribute with one more selection. */
  select(qualifier: Qualifier): AttributePlan;
}

/** A selection by name or index. */
export interface Qualifier {
  /** The node that it stands for. */
  readonly node: number;
  readonly isOptional: boolean;
  /** The selected value, an error where there is none. */
  apply(context: Context, from: Value): Result;
  /** undefined where there is none, without an error. */
  find(context: Context, from: Value): Result | undefined;
}

export function constant(value: Value): ConstantPlan {
  return { kind: 'constant', value, run: () => value };
}

export function step(run: Step): StepPlan {
  return { kind: 'step', run };
}

/** The expression cannot become a program: the server refuses it as it refuses one that does not check. */
export class PlanProblem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
