import type { JsonObject } from '@plumbline/core';
import { checkChoice } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { checkPodTemplate } from '../pod-kinds.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkCount, checkCountOrPercent, isZero } from './amounts.ts';
import { RUNNING } from './deployment.ts';
import { checkWorkloadSelector } from './workload-selector.ts';

const SPEC = ROOT.in('spec');

/** ValidateDaemonSetSpec. */
export function checkDaemonSet(daemonSet: JsonObject, judgement: Judgement): void {
  const spec = objectIn(daemonSet, 'spec');
  if (spec === undefined) return;
  checkCount(spec, 'minReadySeconds', SPEC, judgement);
  checkCount(spec, 'revisionHistoryLimit', SPEC, judgement);
  checkWorkloadSelector(spec, SPEC, judgement);
  const strategy = objectIn(spec, 'updateStrategy');
  if (strategy !== undefined) checkStrategy(strategy, SPEC.in('updateStrategy'), judgement);
  checkPodTemplate(objectIn(spec, 'template'), SPEC.in('template'), judgement, RUNNING);
}

function checkStrategy(strategy: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(strategy, 'type', ['OnDelete', 'RollingUpdate'], at, judgement, 'absent');
  const type = textIn(strategy, 'type') || 'RollingUpdate';
  const rolling = objectIn(strategy, 'rollingUpdate');
  if (type !== 'RollingUpdate' || rolling === undefined) return;
  const place = at.in('rollingUpdate');
  checkCountOrPercent(rolling, 'maxUnavailable', place, judgement, 100);
  checkCountOrPercent(rolling, 'maxSurge', place, judgement, 100);
  // Defaults: 1 and 0. Exactly one of the two is more than 0.
  const isStill = has(rolling, 'maxUnavailable') ? isZero(rolling, 'maxUnavailable') : false;
  const isFlat = has(rolling, 'maxSurge') ? isZero(rolling, 'maxSurge') : true;
  if (isStill === undefined || isFlat === undefined || isStill !== isFlat) return;
  if (isStill)
    clash(
      judgement,
      place.in('maxUnavailable'),
      0,
      'maxUnavailable and maxSurge are both 0, so that no pod can be replaced',
      'ha/strategy',
    );
  else if (has(rolling, 'maxUnavailable'))
    clash(judgement, place.in('maxSurge'), rolling.maxSurge, 'maxSurge and maxUnavailable may not both be more than 0', 'ha/strategy');
  else
    missing(
      judgement,
      place.in('maxUnavailable'),
      'maxUnavailable must be 0 where maxSurge is more than 0, and its default is 1',
      'ha/strategy',
    );
}
