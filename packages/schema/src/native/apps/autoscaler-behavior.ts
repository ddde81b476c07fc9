import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkRange } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { signOfQuantity } from '../quantities.ts';
import { has, numberIn, objectIn, objectsIn } from '../values.ts';

const SELECT = ['Disabled', 'Max', 'Min'] as const;
const POLICIES = ['Percent', 'Pods'] as const;

/** validateBehavior. `isDefaulted`: the server fills in policies where none are written. */
export function checkBehavior(behavior: JsonObject, at: Place, judgement: Judgement, isDefaulted = true): void {
  for (const key of ['scaleUp', 'scaleDown']) {
    const rules = objectIn(behavior, key);
    if (rules !== undefined) checkRules(rules, at.in(key), judgement, isDefaulted);
  }
}

function checkRules(rules: JsonObject, at: Place, judgement: Judgement, isDefaulted: boolean): void {
  checkRange(rules, 'stabilizationWindowSeconds', 0, 3600, at, judgement);
  checkChoice(rules, 'selectPolicy', SELECT, at, judgement);
  const { policies } = rules;
  if (has(rules, 'policies') ? Array.isArray(policies) && policies.length === 0 : !isDefaulted)
    missing(judgement, at.in('policies'), 'policies are empty: name one, or remove the list');
  for (const [policy, index] of objectsIn(rules, 'policies')) checkPolicy(policy, at.in('policies').in(index), judgement);
  if (judgement.minor >= 35 && signOfQuantity(rules.tolerance) === -1)
    invalid(judgement, at.in('tolerance'), rules.tolerance, `tolerance ${quote(rules.tolerance)} is less than 0`);
}

function checkPolicy(policy: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(policy, 'type', POLICIES, at, judgement, 'absent');
  const value = numberIn(policy, 'value');
  if (value !== undefined && value <= 0) invalid(judgement, at.in('value'), value, `value ${value} is not more than 0`);
  checkRange(policy, 'periodSeconds', 1, 1800, at, judgement);
}
