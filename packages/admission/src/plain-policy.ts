import type { Bindings } from '@plumbline/cel';
import { type Outcome, outcomesOf, readBinding } from './ask.ts';
import { BUDGET, EACH } from './evaluator.ts';
import { fixedForm } from './match-resources.ts';
import type { Bound, RequestTypes } from './policy-set.ts';
import { admittingOf } from './validate.ts';
import type { ValidatingPolicy } from './validating-policy.ts';

// Most policies are plain: one binding, and nothing but expressions over an object whose kind is all that matters. Of such a policy
// it is enough to see that the expressions hold, which they nearly always do; `ask` says what comes of it where one does not.

/** What comes of a plain policy for each object of a kind that it admits; undefined where the policy is not plain. */
export function admittedBy(
  { policy, bindings }: Bound<ValidatingPolicy>,
  { type, equivalents }: RequestTypes,
): readonly Outcome[] | undefined {
  const [binding] = bindings;
  if (binding === undefined || bindings.length > 1) return undefined;
  if (policy.paramKind !== undefined || policy.matchConditions.length > 0 || policy.auditAnnotations.length > 0) return undefined;
  if (policy.variables.expressions.size > 0) return undefined;
  const { policyName, actions, criteria } = readBinding(binding);
  if (policyName !== policy.name || criteria !== undefined) return undefined;
  const request = {
    type,
    equivalents,
    subresource: '',
    name: '',
    namespace: '',
    operation: 'CREATE' as const,
    object: null,
    oldObject: null,
  };
  const { matchConstraints } = policy;
  if (matchConstraints === undefined || fixedForm(matchConstraints, request) !== type) return undefined;
  return outcomesOf(policy, binding, actions, admittingOf(policy));
}

/** Whether every expression of a plain policy holds. */
export function holds({ expressions }: ValidatingPolicy, bindings: Bindings): boolean {
  let left = BUDGET;
  for (const { compiled } of expressions) {
    if ('message' in compiled) return false;
    const evaluation = compiled.program.evaluate(bindings, LIMIT);
    left -= evaluation.cost;
    if (!evaluation.ok || evaluation.value !== true || left < 0) return false;
  }
  return true;
}

const LIMIT = { costLimit: EACH };
