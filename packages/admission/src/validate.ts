import type { Bindings } from '@plumbline/cel';
import type { JsonObject } from '@plumbline/core';
import { bindingsOf } from './bindings.ts';
import { BUDGET, type Evaluated, Evaluator, isFailed, MATCH_CONDITIONS_BUDGET } from './evaluator.ts';
import { meetsConditions } from './match-conditions.ts';
import type { AdmissionRequest, ResourceType, World } from './request.ts';
import type { ValidatingPolicy, Validation } from './validating-policy.ts';
import { fieldsLookedAt, type Looked } from './why.ts';

/** What one validation, or the policy before any of them, says of a request. */
export interface Decision {
  /** The validation; undefined where the policy could not be asked. */
  readonly index: number | undefined;
  readonly outcome: 'admit' | 'deny' | 'error' | 'unknown';
  /** As the server says it. */
  readonly message: string;
  /** The parameter that it was asked with; undefined where the policy could not be asked. */
  readonly param?: JsonObject | null;
  /** The fields that made it so, for whoever explains a denial: to find them takes one more evaluation. */
  readonly why?: () => readonly Looked[];
}

const LONGEST_MESSAGE = 5 * 1024;

/** Asks a policy with one parameter. `error`: an expression failed, which denies unless the policy ignores errors. */
export function validate(
  policy: ValidatingPolicy,
  request: AdmissionRequest,
  matched: ResourceType,
  param: JsonObject | null,
  world: World,
): readonly Decision[] {
  const bindings = bindingsOf(request, matched, param, world);
  const meets =
    policy.matchConditions.length === 0 ||
    meetsConditions(
      policy.matchConditions,
      new Evaluator({ ...bindings, namespaceObject: null }, policy.variables, MATCH_CONDITIONS_BUDGET),
      policy.ignoresErrors,
    );
  if (meets === false) return [];
  if (meets !== true) return [{ index: undefined, outcome: meets.unknown ? 'unknown' : 'error', message: meets.error }];

  const evaluator = new Evaluator(bindings, policy.variables, BUDGET);
  const results = evaluator.all(policy.expressions);
  if (isFailed(results)) return [{ index: undefined, outcome: 'error', message: results.error }];
  const isAdmitted = results.every((result) => result !== undefined && 'value' in result && result.value === true);
  const decisions = isAdmitted ? admittingOf(policy) : decisionsOf(policy, results, evaluator, bindings, request.object, param);
  if (policy.auditAnnotations.length === 0) return decisions;
  return [...decisions, ...annotationErrors(policy, new Evaluator(bindings, policy.variables, BUDGET))];
}

// Most objects are admitted: the same list each time.
const admitting = new WeakMap<ValidatingPolicy, readonly Decision[]>();

/** The decisions of a policy that admits. */
export function admittingOf(policy: ValidatingPolicy): readonly Decision[] {
  let decisions = admitting.get(policy);
  if (decisions === undefined) {
    decisions = policy.validations.map((_, index) => ({ index, outcome: 'admit', message: '' }));
    admitting.set(policy, decisions);
  }
  return decisions;
}

function decisionsOf(
  policy: ValidatingPolicy,
  results: readonly (Evaluated | undefined)[],
  evaluator: Evaluator,
  bindings: Bindings,
  object: JsonObject | null,
  param: JsonObject | null,
): readonly Decision[] {
  let messages: Evaluator | undefined;
  return policy.validations.map((validation, index): Decision => {
    const result = results[index];
    const why = (): readonly Looked[] => fieldsLookedAt(validation.expression, evaluator, { object, params: param });
    if (isFailed(result)) return { index, outcome: result.unknown ? 'unknown' : 'error', message: result.error, param, why };
    if (result?.value === true) return { index, outcome: 'admit', message: '' };
    messages ??= new Evaluator(bindings, policy.variables, evaluator.left);
    return { index, outcome: 'deny', message: messageOf(validation, messages), param, why };
  });
}

/** The message of the expression where it gives one line of text, else the fixed one, else the expression itself. */
function messageOf({ expression, message, messageExpression }: Validation, evaluator: Evaluator): string {
  const made = messageExpression === undefined ? undefined : textOf(evaluator.evaluate(messageExpression));
  return made || message.trim() || `failed expression: ${expression.text.trim()}`;
}

function textOf(result: Evaluated | undefined): string {
  if (result === undefined || isFailed(result) || typeof result.value !== 'string') return '';
  const text = result.value.trim();
  return text.includes('\n') || bytesOf(text) > LONGEST_MESSAGE ? '' : text;
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** An annotation whose value cannot be worked out denies the request, unless the policy ignores errors. */
function annotationErrors(policy: ValidatingPolicy, evaluator: Evaluator): readonly Decision[] {
  const results = evaluator.all(policy.auditAnnotations.map(({ valueExpression }) => valueExpression));
  if (isFailed(results)) return [{ index: undefined, outcome: 'error', message: results.error }];
  return results.flatMap((result) =>
    isFailed(result)
      ? [{ index: undefined, outcome: result.unknown ? ('unknown' as const) : ('error' as const), message: result.error }]
      : [],
  );
}
