import type { JsonObject } from '@plumbline/core';
import { checkChoice, conflict } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { checkPodTemplate } from '../pod-kinds.ts';
import { has, numberIn, objectIn, textIn } from '../values.ts';
import { checkCount, checkCountOrPercent, isZero } from './amounts.ts';
import { checkWorkloadSelector, warnOfName } from './workload-selector.ts';

const SPEC = ROOT.in('spec');
/** What every controller that keeps pods running asks of its template. */
export const RUNNING = { restartPolicies: ['Always'], refusesDeadline: true } as const;
const TYPES = ['Recreate', 'RollingUpdate'] as const;

/** ValidateDeploymentSpec. */
export function checkDeployment(deployment: JsonObject, judgement: Judgement): void {
  warnOfName(deployment, judgement);
  const spec = objectIn(deployment, 'spec');
  if (spec === undefined) return;
  checkCount(spec, 'replicas', SPEC, judgement);
  checkCount(spec, 'minReadySeconds', SPEC, judgement);
  checkCount(spec, 'revisionHistoryLimit', SPEC, judgement);
  checkWorkloadSelector(spec, SPEC, judgement);
  checkDeadline(spec, judgement);
  const strategy = objectIn(spec, 'strategy');
  if (strategy !== undefined) checkStrategy(strategy, SPEC.in('strategy'), judgement);
  checkPodTemplate(objectIn(spec, 'template'), SPEC.in('template'), judgement, RUNNING);
}

/** ValidateReplicaSetSpec. */
export function checkReplicaSet(replicaSet: JsonObject, judgement: Judgement): void {
  warnOfName(replicaSet, judgement);
  const spec = objectIn(replicaSet, 'spec');
  if (spec === undefined) return;
  checkCount(spec, 'replicas', SPEC, judgement);
  checkCount(spec, 'minReadySeconds', SPEC, judgement);
  checkWorkloadSelector(spec, SPEC, judgement);
  checkPodTemplate(objectIn(spec, 'template'), SPEC.in('template'), judgement, RUNNING);
}

/** The deadline is 600 seconds where none is written, and later than pods are counted as available. */
function checkDeadline(spec: JsonObject, judgement: Judgement): void {
  checkCount(spec, 'progressDeadlineSeconds', SPEC, judgement);
  // Where only a variable stands nothing is compared.
  if (has(spec, 'progressDeadlineSeconds') !== (numberIn(spec, 'progressDeadlineSeconds') !== undefined)) return;
  const ready = numberIn(spec, 'minReadySeconds') ?? 0;
  const deadline = numberIn(spec, 'progressDeadlineSeconds') ?? 600;
  if (deadline > ready || deadline < 0) return;
  const message = `progressDeadlineSeconds ${deadline} is not more than minReadySeconds ${ready}`;
  const place = SPEC.in('progressDeadlineSeconds');
  if (has(spec, 'progressDeadlineSeconds')) clash(judgement, place, deadline, message, 'ha/progress-deadline');
  else if (!has(spec, 'minReadySeconds') || typeof spec.minReadySeconds === 'number')
    missing(judgement, place, `${message}, and 600 is the default`, 'ha/progress-deadline');
}

function checkStrategy(strategy: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(strategy, 'type', TYPES, at, judgement, 'absent');
  const type = textIn(strategy, 'type') || 'RollingUpdate';
  if (type === 'Recreate') {
    if (has(strategy, 'rollingUpdate')) conflict(judgement, at.in('rollingUpdate'), 'strategy Recreate has no rollingUpdate');
    return;
  }
  const rolling = objectIn(strategy, 'rollingUpdate');
  if (type !== 'RollingUpdate' || rolling === undefined) return;
  const place = at.in('rollingUpdate');
  checkCountOrPercent(rolling, 'maxUnavailable', place, judgement, 100);
  checkCountOrPercent(rolling, 'maxSurge', place, judgement);
  // The default of either is 25 %.
  if (isZero(rolling, 'maxUnavailable') === true && isZero(rolling, 'maxSurge') === true)
    clash(
      judgement,
      place.in('maxUnavailable'),
      0,
      'maxUnavailable and maxSurge are both 0, so that no pod can be replaced',
      'ha/strategy',
    );
}
