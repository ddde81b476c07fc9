import type { Overload } from '../library/function.ts';
import type { Expr } from '../syntax/ast.ts';
import type { CelType } from '../types/type.ts';

/** What the checker found out of an expression, by the ids of its nodes. */
export interface Checked {
  readonly expr: Expr;
  readonly types: ReadonlyMap<number, CelType>;
  readonly references: ReadonlyMap<number, Reference>;
}

export type Reference =
  /** An ident, or a selection that is a variable's name in full. */
  | { readonly kind: 'variable'; readonly name: string; readonly isLocal: boolean }
  | { readonly kind: 'type'; readonly type: CelType }
  /** `hasTarget` is false where what looks like a target is part of the function's name. */
  | { readonly kind: 'function'; readonly name: string; readonly hasTarget: boolean; readonly overloads: readonly Overload[] };
