import type { JsonObject } from '@plumbline/core';
import { checkChoice, checkThere } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn } from '../values.ts';
import { clash } from './clash.ts';
import { itemAt } from './items.ts';

const POLICIES = ['Always', 'Never', 'OnFailure'] as const;
const RULES = 'restartPolicyRules';

/** Whether an init container runs on beside the containers: a sidecar. */
export function isSidecar(container: JsonObject): boolean {
  return container.restartPolicy === 'Always';
}

/** restartPolicy and restartPolicyRules of a container: validateContainerRestartPolicy. The feature came in 1.34 and on in 1.35. */
export function checkRestart(container: JsonObject, isInit: boolean, at: Place, judgement: Judgement): void {
  const { minor } = judgement;
  const hasRules = has(container, RULES) && listIn(container, RULES).length > 0;
  if (!hasRules && !has(container, 'restartPolicy')) return;
  if (minor < 35) {
    if (minor < 34) checkOldPolicy(container, isInit, at, judgement);
    return;
  }
  checkChoice(container, 'restartPolicy', POLICIES, at, judgement);
  if (!hasRules) return;
  if (!has(container, 'restartPolicy')) missing(judgement, at.in('restartPolicy'), `${RULES} need a restartPolicy beside them`);
  if (minor < 36 && isInit && isSidecar(container))
    clash(judgement, at.in(RULES), undefined, `${RULES} may not stand in an init container with restartPolicy Always before 1.36`);
  else checkRules(container, at.in(RULES), judgement);
}

function checkOldPolicy(container: JsonObject, isInit: boolean, at: Place, judgement: Judgement): void {
  if (isInit) checkChoice(container, 'restartPolicy', ['Always'], at, judgement);
  else if (has(container, 'restartPolicy'))
    invalid(judgement, at.in('restartPolicy'), undefined, 'only init containers have a restartPolicy of their own', 'ha/restart-policy');
}

function checkRules(container: JsonObject, at: Place, judgement: Judgement): void {
  const rules = listIn(container, RULES);
  if (rules.length > 20) invalid(judgement, at, undefined, `${rules.length} rules are more than 20`);
  const actions = judgement.minor >= 36 ? ['Restart', 'RestartAllContainers'] : ['Restart'];
  for (let index = 0; index < rules.length; index++) {
    const rule = itemAt(rules, index);
    if (rule === undefined) continue;
    const place = at.in(index);
    checkThere(rule, 'action', place, judgement, `the rule has no action: ${actions.join(', ')}`);
    checkChoice(rule, 'action', actions, place, judgement, 'absent');
    const codes = objectIn(rule, 'exitCodes');
    if (codes === undefined) {
      if (!has(rule, 'exitCodes')) missing(judgement, place.in('exitCodes'), 'the rule has no exitCodes');
      continue;
    }
    checkThere(codes, 'operator', place.in('exitCodes'), judgement, 'exitCodes has no operator: In, NotIn');
    checkChoice(codes, 'operator', ['In', 'NotIn'], place.in('exitCodes'), judgement, 'absent');
    const values = listIn(codes, 'values');
    if (values.length > 255) invalid(judgement, place.in('exitCodes').in('values'), undefined, `${values.length} values are more than 255`);
  }
}
