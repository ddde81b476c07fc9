import type { Expr } from '../syntax/ast.ts';
import type { CelType } from '../types/type.ts';
import type { Interval } from './interval.ts';

/** A call as its cost is estimated: by the sizes that its arguments can have. */
export interface EstimatedCall {
  readonly overload: string;
  readonly target: EstimatedNode | undefined;
  /** Without the target. */
  readonly args: readonly EstimatedNode[];
}

export interface EstimatedNode {
  readonly expr: Expr;
  readonly type: CelType;
  readonly size: Interval;
  /** The type and size of what a list or map holds; undefined where its type does not say. */
  readonly element: { readonly type: CelType; readonly size: Interval } | undefined;
}

export interface EstimatedCost {
  readonly cost: Interval;
  /** How large what the call gives can be. */
  readonly resultSize?: Interval | undefined;
}
