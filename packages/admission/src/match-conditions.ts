import { BOOL, type Environment } from '@plumbline/cel';
import { type FieldPath, isArray, type JsonValue, member } from '@plumbline/core';
import { type Evaluator, isFailed } from './evaluator.ts';
import { compileExpression, type Expression } from './expression.ts';

export function compileMatchConditions(
  environment: Environment,
  conditions: JsonValue | undefined,
  path: FieldPath,
): readonly Expression[] {
  return (isArray(conditions) ? conditions : []).flatMap((condition, index) => {
    const text = member(condition, 'expression');
    return typeof text === 'string' ? [compileExpression(environment, text, [...path, index, 'expression'], [BOOL])] : [];
  });
}

/**
 * Whether a policy is asked at all. One condition that is false is enough for "no"; else an error counts as the failure policy says:
 * with Ignore the policy is passed over.
 */
export function meetsConditions(
  conditions: readonly Expression[],
  evaluator: Evaluator,
  ignoresErrors: boolean,
): boolean | { readonly error: string; readonly unknown: boolean } {
  const results = evaluator.all(conditions);
  if (isFailed(results)) return ignoresErrors ? false : results;
  const errors: string[] = [];
  let unknown = false;
  for (const result of results) {
    if (isFailed(result)) {
      errors.push(result.error);
      unknown ||= result.unknown;
    } else if (result?.value === false) return false;
  }
  if (errors.length === 0) return true;
  if (ignoresErrors && !unknown) return false;
  return { error: errors.length === 1 ? (errors[0] ?? '') : `[${[...new Set(errors)].join(', ')}]`, unknown };
}
