import { isObject, type JsonObject } from '@plumbline/core';
import { isGoodLabel, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkLabelKey, checkRange } from '../forms.ts';
import { invalid, type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkLabelKeys } from './label-keys.ts';
import { checkNodeSelector, checkTerm } from './node-selector.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** validateAffinity. */
export function checkAffinity(affinity: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  const ofNodes = objectIn(affinity, 'nodeAffinity');
  if (ofNodes !== undefined) checkNodeAffinity(ofNodes, at.in('nodeAffinity'), judgement);
  for (const key of ['podAffinity', 'podAntiAffinity']) {
    const ofPods = objectIn(affinity, key);
    if (ofPods !== undefined) checkPodAffinity(ofPods, at.in(key), judgement, podLabels);
  }
}

function checkNodeAffinity(affinity: JsonObject, at: Place, judgement: Judgement): void {
  const required = objectIn(affinity, REQUIRED);
  if (required !== undefined) checkNodeSelector(required, at.in(REQUIRED), judgement);
  for (const [term, index] of objectsIn(affinity, PREFERRED)) {
    const place = at.in(PREFERRED).in(index);
    checkRange(term, 'weight', 1, 100, place, judgement);
    const preference = objectIn(term, 'preference');
    if (preference !== undefined) checkTerm(preference, place.in('preference'), judgement, true);
  }
}

function checkPodAffinity(affinity: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  for (const [term, index] of objectsIn(affinity, REQUIRED)) checkPodTerm(term, at.in(REQUIRED).in(index), judgement, podLabels);
  for (const [weighted, index] of objectsIn(affinity, PREFERRED)) {
    const place = at.in(PREFERRED).in(index);
    checkRange(weighted, 'weight', 1, 100, place, judgement);
    const term = objectIn(weighted, 'podAffinityTerm');
    if (term !== undefined) checkPodTerm(term, place.in('podAffinityTerm'), judgement, podLabels);
  }
}

function checkPodTerm(term: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  const topologyKey = textIn(term, 'topologyKey');
  if (topologyKey !== '' && !isGoodLabel(topologyKey, '')) checkLabelKey(topologyKey, at.in('topologyKey'), judgement, 'topologyKey');
  const namespaces = listIn(term, 'namespaces');
  for (let index = 0; index < namespaces.length; index++) {
    const name = namespaces[index] ?? '';
    const fault = typeof name === 'string' ? nameFault(name, 'label') : undefined;
    if (fault !== undefined) invalid(judgement, at.in('namespaces').in(index), name, `namespace ${quote(name)} ${fault}`);
  }
  if (judgement.minor >= 31 && (has(term, 'matchLabelKeys') || has(term, 'mismatchLabelKeys')))
    checkLabelKeys(term, at, judgement, podLabels);
  if (!has(term, 'labelSelector')) warnOfNoSelector(at, judgement);
}

/** The same for affinities and spread constraints. */
export function warnOfNoSelector(at: Place, judgement: Judgement): void {
  if (judgement.mayGainFields) return;
  warn(judgement, at.in('labelSelector'), 'labelSelector is missing: without one no pod matches', 'schema/server-warning', { part: 'key' });
}

export function hasSelectorKey(selector: JsonObject, key: string): boolean {
  if (isObject(selector.matchLabels) && Object.hasOwn(selector.matchLabels, key)) return true;
  for (const [one] of objectsIn(selector, 'matchExpressions')) if (one.key === key) return true;
  return false;
}
