import type { JsonObject } from '@plumbline/core';
import { checkDriver, checkRange, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { flagIn, has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkDevice } from './device.ts';
import { checkCounterSets } from './device-counters.ts';
import { checkPoolName, isWithin } from './device-names.ts';
import { checkRepetition } from './device-request.ts';
import { checkNodeChoice } from './node-choice.ts';
import { takeBack } from './take-back.ts';

const MOST_DEVICES = 128;
const MOST_DEVICES_WITH_MORE = 64;
const MOST_SETS = 8;

/** validateResourceSliceSpec. v1beta1, which no server serves by default, has another shape and is not looked into. */
export function checkResourceSlice(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined || judgement.gvk.version === 'v1beta1') return;
  const at = ROOT.in('spec');
  checkDriver(spec, 'driver', at, judgement);
  const driver = textIn(spec, 'driver');
  if (driver !== driver.toLowerCase()) warn(judgement, at.in('driver'), 'names of drivers are in lower case', 'schema/server-warning');
  checkPool(objectIn(spec, 'pool') ?? {}, at.in('pool'), judgement);
  checkNodeChoice(spec, 'slice', at, judgement);
  if (judgement.minor >= 36) {
    if (has(spec, 'sharedCounters') && has(spec, 'devices'))
      clash(judgement, at.in('sharedCounters'), spec.sharedCounters, 'sharedCounters and devices are in slices of their own');
    checkCounterSets(spec, 'sharedCounters', 'name', MOST_SETS, at, judgement);
  }
  // Of features that are off.
  for (const key of ['skipNodeOperations', 'partitionTypeAttribute']) if (has(spec, key)) takeBack(at.in(key), judgement);
  checkDevices(spec, at, judgement);
}

function checkPool(pool: JsonObject, at: Place, judgement: Judgement): void {
  checkPoolName(pool, 'name', at, judgement);
  checkRange(pool, 'generation', 0, Number.POSITIVE_INFINITY, at, judgement);
  const count = numberIn(pool, 'resourceSliceCount');
  if (count === undefined) {
    if (!has(pool, 'resourceSliceCount')) missing(judgement, at.in('resourceSliceCount'), 'resourceSliceCount is missing');
  } else if (count <= 0) invalid(judgement, at.in('resourceSliceCount'), count, `resourceSliceCount ${count} is not more than 0`);
}

function checkDevices(spec: JsonObject, at: Place, judgement: Judgement): void {
  const hasMore = [...objectsIn(spec, 'devices')].some(([device]) => !lacks(device, 'taints') || !lacks(device, 'consumesCounters'));
  const most = hasMore && judgement.minor >= 36 ? MOST_DEVICES_WITH_MORE : MOST_DEVICES;
  if (!isWithin(spec, 'devices', most, at, judgement)) return;
  const names = new Set<string>();
  for (const [device, index] of objectsIn(spec, 'devices')) {
    const place = at.in('devices').in(index);
    checkDevice(device, flagIn(spec, 'perDeviceNodeSelection') === true, place, judgement);
    checkRepetition(device, names, place, judgement);
  }
}
