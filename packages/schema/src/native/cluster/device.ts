import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkName, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectsIn } from '../values.ts';
import { checkAttributes } from './device-attributes.ts';
import { checkCounterSets } from './device-counters.ts';
import { checkDifferent, isWithin } from './device-names.ts';
import { checkTaint } from './device-taints.ts';
import { checkNodeChoice } from './node-choice.ts';
import { takeBack } from './take-back.ts';
import { textsIn } from './texts.ts';

const MOST_TAINTS = 16;
const MOST_CONDITIONS = 4;

/** validateDevice. `choosesNodes`: each device says where it is. */
export function checkDevice(device: JsonObject, choosesNodes: boolean, at: Place, judgement: Judgement): void {
  // Of a feature that is off.
  if (has(device, 'nodeAllocatableResources')) takeBack(at.in('nodeAllocatableResources'), judgement);
  checkThere(device, 'name', at, judgement, 'the device has no name');
  checkName(device, 'name', 'label', at, judgement);
  checkAttributes(device, at, judgement);
  // What came with 1.36 drops out before.
  if (judgement.minor < 36) return;
  if (isWithin(device, 'taints', MOST_TAINTS, at, judgement))
    for (const [taint, index] of objectsIn(device, 'taints')) checkTaint(taint, at.in('taints').in(index), judgement);
  checkCounterSets(device, 'consumesCounters', 'counterSet', 2, at, judgement);
  checkNodeChoice(device, choosesNodes ? 'device' : 'none', at, judgement);
  checkBinding(device, at, judgement);
}

/** validateDeviceBindingParameters: both lists or none. */
function checkBinding(device: JsonObject, at: Place, judgement: Judgement): void {
  const keys = ['bindingConditions', 'bindingFailureConditions'] as const;
  for (const key of keys) {
    if (!isWithin(device, key, MOST_CONDITIONS, at, judgement)) continue;
    for (const [text, index] of textsIn(device, key)) {
      const fault = keyFault(text);
      if (fault !== undefined) invalid(judgement, at.in(key).in(index), text, `${quote(text)} ${fault}`);
      else if (key === 'bindingFailureConditions' && listIn(device, 'bindingConditions').includes(text))
        invalid(judgement, at.in(key).in(index), text, `${quote(text)} is among the bindingConditions too`);
    }
    checkDifferent(device, key, at, judgement);
  }
  const [lacking, ...more] = keys.filter((key) => lacks(device, key));
  if (lacking !== undefined && more.length === 0)
    missing(judgement, at.in(lacking), `${lacking} is missing: bindingConditions and bindingFailureConditions go together`);
}
