import { isObject, type JsonObject } from '@plumbline/core';
import { checkChoice } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, objectIn } from '../values.ts';
import { checkCount, checkCountOrPercent } from './amounts.ts';

const SPEC = ROOT.in('spec');

/** ValidateControllerRevisionCreate. */
export function checkControllerRevision(revision: JsonObject, judgement: Judgement): void {
  checkCount(revision, 'revision', ROOT, judgement);
  const { data } = revision;
  if (data === undefined || data === null) missing(judgement, ROOT.in('data'), 'data is missing, an object of any fields');
  else if (!isObject(data)) missing(judgement, ROOT.in('data'), 'data is no object');
}

/** ValidatePodDisruptionBudgetSpec. */
export function checkDisruptionBudget(budget: JsonObject, judgement: Judgement): void {
  const spec = objectIn(budget, 'spec');
  if (spec === undefined) return;
  if (has(spec, 'minAvailable') && has(spec, 'maxUnavailable'))
    clash(judgement, SPEC.in('maxUnavailable'), spec.maxUnavailable, 'minAvailable and maxUnavailable exclude each other', 'ha/pdb-policy');
  checkCountOrPercent(spec, 'minAvailable', SPEC, judgement, 100);
  checkCountOrPercent(spec, 'maxUnavailable', SPEC, judgement, 100);
  checkChoice(spec, 'unhealthyPodEvictionPolicy', ['AlwaysAllow', 'IfHealthyBudget'], SPEC, judgement);
}
