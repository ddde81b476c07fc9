import { isObject, type JsonObject } from '@plumbline/core';
import { isGoodLabel } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkLabelKey, conflict } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, objectsIn } from '../values.ts';

/**
 * matchLabelKeys and mismatchLabelKeys of a pod affinity term or a spread constraint: ValidateMatchLabelKeysAndMismatchLabelKeys.
 * In a Pod the server first adds what they stand for to the selector, so that a key which is there already is there twice.
 */
export function checkLabelKeys(term: JsonObject, at: Place, judgement: Judgement, podLabels: JsonObject | undefined): void {
  const selector = objectIn(term, 'labelSelector');
  const hasSelector = has(term, 'labelSelector');
  const mismatching = listIn(term, 'mismatchLabelKeys');
  checkKeys(term, 'matchLabelKeys', hasSelector, at, judgement);
  checkKeys(term, 'mismatchLabelKeys', hasSelector, at, judgement);
  const matching = listIn(term, 'matchLabelKeys');
  for (let index = 0; index < matching.length; index++) {
    const key = matching[index] ?? '';
    if (typeof key !== 'string') continue;
    const place = at.in('matchLabelKeys').in(index);
    if (mismatching.includes(key)) conflict(judgement, place, `label ${quote(key)} is in mismatchLabelKeys, too`, key);
    else if (selector !== undefined && timesIn(selector, key, podLabels, matching) > 1)
      conflict(judgement, place, `label ${quote(key)} is in labelSelector, too`, key);
  }
}

function checkKeys(term: JsonObject, list: string, hasSelector: boolean, at: Place, judgement: Judgement): void {
  const keys = listIn(term, list);
  if (keys.length > 0 && !hasSelector) {
    conflict(judgement, at.in(list), `${list} may not stand without a labelSelector`);
    return;
  }
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (typeof key === 'string' && !isGoodLabel(key, '')) checkLabelKey(key, at.in(list).in(index), judgement);
  }
}

/** How often the selector names the key, once the server has added what the labels of the pod are for `added`. */
function timesIn(selector: JsonObject, key: string, podLabels: JsonObject | undefined, added: readonly unknown[]): number {
  let times = isObject(selector.matchLabels) && Object.hasOwn(selector.matchLabels, key) ? 1 : 0;
  for (const [one] of objectsIn(selector, 'matchExpressions')) if (one.key === key) times++;
  if (podLabels !== undefined && Object.hasOwn(podLabels, key)) for (const one of added) if (one === key) times++;
  return times;
}
