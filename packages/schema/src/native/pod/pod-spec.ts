import type { JsonObject } from '@plumbline/core';
import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, numberIn } from '../values.ts';
import type { PodAround } from './around.ts';
import { checkContainers } from './containers.ts';
import { checkPodLevel } from './pod-level.ts';
import { checkPodResources } from './pod-resources.ts';
import { warnOfPorts } from './port-warnings.ts';
import { checkScheduling } from './scheduling.ts';
import { checkVolumes } from './volumes.ts';

/** A pod's spec, in a Pod or in a template, and the server's warnings of it: ValidatePodSpec. `at`: of the spec. */
export function checkPodSpec(spec: JsonObject, at: Place, judgement: Judgement, around: PodAround): void {
  const isPod = around.metadata !== undefined;
  const named = checkVolumes(spec, at, judgement, around);
  // A variable in the place of all volumes may stand for any.
  const volumes = typeof spec.volumes === 'string' ? new Map([...named, [spec.volumes, {}]]) : named;
  const grace = graceOf(spec, isPod);
  checkContainers(at, judgement, { spec, volumes, isPod, grace });
  if (grace < 0)
    warn(judgement, at.in('terminationGracePeriodSeconds'), `${grace} seconds are taken for 1: write 0 or more`, 'schema/server-warning');
  if (has(spec, 'resources')) checkPodResources(spec, at, judgement, isPod);
  warnOfPorts(spec, at, judgement, isPod);
  checkPodLevel(spec, at, judgement);
  checkScheduling(spec, at, judgement, around);
}

/** Seconds that the pod has to end, without end where no number says so. The server makes one of a negative number in a Pod, and keeps it in a template. */
function graceOf(spec: JsonObject, isPod: boolean): number {
  const seconds =
    numberIn(spec, 'terminationGracePeriodSeconds') ?? (has(spec, 'terminationGracePeriodSeconds') ? Number.POSITIVE_INFINITY : 30);
  return seconds < 0 && isPod ? 1 : seconds;
}
