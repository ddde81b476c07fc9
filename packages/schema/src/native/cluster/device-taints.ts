import type { JsonObject } from '@plumbline/core';
import { keyFault, labelValueFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { objectsIn, textIn } from '../values.ts';

/** validateDeviceTaint. */
export function checkTaint(taint: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(taint, 'key', at, judgement, 'the taint has no key');
  checkKey(taint, at, judgement);
  checkValue(taint, at, judgement);
  checkThere(taint, 'effect', at, judgement, 'the taint has no effect');
  // A server of 1.35 and older does not know None.
  checkChoice(taint, 'effect', ['NoSchedule', 'NoExecute', ...(judgement.minor >= 35 ? ['None'] : [])], at, judgement, 'absent');
}

/** Tolerations of a request for devices: validateDeviceToleration. */
export function checkDeviceTolerations(request: JsonObject, at: Place, judgement: Judgement): void {
  if (judgement.minor < 36) return;
  for (const [toleration, index] of objectsIn(request, 'tolerations')) {
    const place = at.in('tolerations').in(index);
    const operator = textIn(toleration, 'operator') || 'Equal';
    checkKey(toleration, place, judgement);
    checkChoice(toleration, 'operator', ['Equal', 'Exists'], place, judgement, 'absent');
    checkChoice(toleration, 'effect', ['NoSchedule', 'NoExecute', 'None'], place, judgement, 'absent');
    if (operator === 'Equal') checkValue(toleration, place, judgement);
    else if (operator === 'Exists' && textIn(toleration, 'value') !== '')
      clash(judgement, place.in('value'), textIn(toleration, 'value'), 'operator Exists takes no value');
  }
}

function checkKey(object: JsonObject, at: Place, judgement: Judgement): void {
  const key = textIn(object, 'key');
  const fault = key === '' ? undefined : keyFault(key);
  if (fault !== undefined) invalid(judgement, at.in('key'), key, `key ${quote(key)} ${fault}`, 'meta/label-invalid');
}

function checkValue(object: JsonObject, at: Place, judgement: Judgement): void {
  const value = textIn(object, 'value');
  const fault = labelValueFault(value);
  if (fault !== undefined) invalid(judgement, at.in('value'), value, `value ${quote(value)} ${fault}`, 'meta/label-invalid');
}
