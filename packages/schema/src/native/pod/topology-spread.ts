import type { JsonObject } from '@plumbline/core';
import { isGoodLabel } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkLabelKey, checkRange, conflict } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { hasSelectorKey, warnOfNoSelector } from './affinity.ts';
import { checkLabelKeys } from './label-keys.ts';

const LIST = 'topologySpreadConstraints';
const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'] as const;
const POLICIES = ['Honor', 'Ignore'] as const;

/** validateTopologySpreadConstraints; that two are alike the schema says. `at`: of the pod's spec. */
export function checkTopologySpread(spec: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  for (const [constraint, index] of objectsIn(spec, LIST)) checkConstraint(constraint, at.in(LIST).in(index), judgement, podLabels);
}

function checkConstraint(constraint: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  checkRange(constraint, 'maxSkew', 1, Number.POSITIVE_INFINITY, at, judgement);
  checkChoice(constraint, 'whenUnsatisfiable', ACTIONS, at, judgement, 'absent');
  checkRange(constraint, 'minDomains', 1, Number.POSITIVE_INFINITY, at, judgement);
  const action = textIn(constraint, 'whenUnsatisfiable');
  if (has(constraint, 'minDomains') && action !== 'DoNotSchedule')
    conflict(
      judgement,
      at.in('minDomains'),
      `minDomains goes with whenUnsatisfiable DoNotSchedule only, not with ${quote(action)}`,
      action,
    );
  checkChoice(constraint, 'nodeAffinityPolicy', POLICIES, at, judgement);
  checkChoice(constraint, 'nodeTaintsPolicy', POLICIES, at, judgement);
  if (has(constraint, 'matchLabelKeys') && judgement.minor >= 27) {
    if (judgement.minor >= 34) checkLabelKeys(constraint, at, judgement, podLabels);
    else checkKeysOfOld(constraint, at, judgement);
  }
  if (!has(constraint, 'labelSelector')) warnOfNoSelector(at, judgement);
}

/** ValidateMatchLabelKeysInTopologySpread, before 1.34: the selector may not name a key of matchLabelKeys at all. */
function checkKeysOfOld(constraint: JsonObject, at: Place, judgement: Judgement): void {
  const selector = objectIn(constraint, 'labelSelector');
  const keys = listIn(constraint, 'matchLabelKeys');
  if (keys.length > 0 && !has(constraint, 'labelSelector'))
    conflict(judgement, at.in('matchLabelKeys'), 'matchLabelKeys may not stand without a labelSelector');
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (typeof key !== 'string') continue;
    const place = at.in('matchLabelKeys').in(index);
    if (!isGoodLabel(key, '')) checkLabelKey(key, place, judgement);
    if (selector !== undefined && hasSelectorKey(selector, key))
      conflict(judgement, place, `label ${quote(key)} is in labelSelector, too`, key);
  }
}
