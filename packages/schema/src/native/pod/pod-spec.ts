import type { JsonObject } from '@plumbline/core';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';

/** What stands around a pod's spec and changes what the server asks of it. */
export interface PodAround {
  /** The object is a Pod itself, not a template of one: the server fills in more, and asks more. */
  readonly isPod: boolean;
  /** The metadata beside the spec: annotations of containers, the name. */
  readonly metadata: JsonObject | undefined;
  /** Names of the claims that a StatefulSet makes for each of its pods; containers mount them like volumes. */
  readonly claims?: readonly string[];
}

/** A pod's spec, in a Pod or in a template: ValidatePodSpec. `at`: of the spec. */
export function checkPodSpec(_spec: JsonObject, _at: Place, _judgement: Judgement, _around: PodAround): void {}
