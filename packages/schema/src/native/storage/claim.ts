import type { JsonObject } from '@plumbline/core';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { has, objectIn } from '../values.ts';
import { checkClaimSpec } from './claim-spec.ts';

const NO_SPEC: JsonObject = {};

export function checkClaim(object: JsonObject, judgement: Judgement): void {
  const spec = has(object, 'spec') ? objectIn(object, 'spec') : NO_SPEC;
  if (spec !== undefined) checkClaimSpec(spec, ROOT.in('spec'), judgement, true);
}
