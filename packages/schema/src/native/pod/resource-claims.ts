import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkName, checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectsIn } from '../values.ts';

/** spec.resourceClaims: validatePodResourceClaims. Before 1.34 the feature is off, and the field drops out. */
export function checkResourceClaims(spec: JsonObject, at: Place, judgement: Judgement): void {
  if (judgement.minor < 34) return;
  for (const [claim, index] of objectsIn(spec, 'resourceClaims')) {
    const place = at.in('resourceClaims').in(index);
    checkThere(claim, 'name', place, judgement, 'the claim has no name');
    checkName(claim, 'name', 'label', place, judgement);
    checkTarget(claim, place, judgement);
  }
}

function checkTarget(claim: JsonObject, at: Place, judgement: Judgement): void {
  const isNamed = has(claim, 'resourceClaimName');
  const isMade = has(claim, 'resourceClaimTemplateName');
  if (isNamed && isMade)
    conflict(judgement, at.in('resourceClaimTemplateName'), 'resourceClaimTemplateName and resourceClaimName exclude each other');
  if (!isNamed && !isMade) missing(judgement, at.in('resourceClaimName'), 'resourceClaimName or resourceClaimTemplateName is missing');
  for (const key of ['resourceClaimName', 'resourceClaimTemplateName']) {
    const name = claim[key];
    const fault = typeof name === 'string' ? nameFault(name, 'subdomain') : undefined;
    if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
  }
}
