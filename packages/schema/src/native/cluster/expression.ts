import type { JsonObject } from '@plumbline/core';
import { checkThere } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { textIn } from '../values.ts';

/** What an expression of an admission policy may speak of, beside object, oldObject, request and namespaceObject. */
export interface ExpressionScope {
  readonly hasParams: boolean;
  readonly hasAuthorizer: boolean;
  /** Names of the policy's own variables that come before it, with their expressions. */
  readonly variables: readonly (readonly [name: string, expression: string])[];
  readonly hasPatchTypes?: boolean;
  /** The types that it may give; any by default. */
  readonly gives?: readonly ('bool' | 'string' | 'null' | 'patch' | 'applyConfiguration')[];
}

/** An expression that must be there and compile. `at`: of the structure that has it. */
export function checkExpression(object: JsonObject, key: string, at: Place, judgement: Judgement, scope: ExpressionScope): void {
  checkThere(object, key, at, judgement, `${key} is missing`);
  const text = textIn(object, key);
  if (text === '') return;
  if (text.trim() === '') missing(judgement, at.in(key), `${key} has nothing but white space`);
  else compileExpression(text, at.in(key), judgement, scope);
}

/** Where the expression would be compiled: the compiler is not wired yet, so that nothing is said of what an expression means. */
export function compileExpression(_text: string, _place: Place, _judgement: Judgement, _scope: ExpressionScope): void {}

/** The same for an expression about a device. */
export function compileDeviceExpression(_text: string, _place: Place, _judgement: Judgement): void {}
