import type { JsonObject } from '@plumbline/core';
import { checkDriver, checkName } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { has, objectIn } from '../values.ts';
import { checkPoolName } from './device-names.ts';
import { checkTaint } from './device-taints.ts';

export function checkDeviceTaintRule(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  const selector = objectIn(spec, 'deviceSelector');
  if (selector !== undefined) {
    const place = at.in('deviceSelector');
    if (has(selector, 'driver')) checkDriver(selector, 'driver', place, judgement);
    if (has(selector, 'pool')) checkPoolName(selector, 'pool', place, judgement);
    checkName(selector, 'device', 'label', place, judgement);
  }
  checkTaint(objectIn(spec, 'taint') ?? {}, at.in('taint'), judgement);
}
