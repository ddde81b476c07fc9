import { isObject, type JsonObject, stringify } from '@plumbline/core';
import { byteLength } from '../../scalar.ts';
import { checkDriver } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn } from '../values.ts';

const LARGEST = 10 * 1024;

/** What is handed to a driver: validateDeviceConfiguration. */
export function checkDeviceConfig(config: JsonObject, at: Place, judgement: Judgement): void {
  const opaque = objectIn(config, 'opaque');
  if (opaque === undefined) {
    if (!has(config, 'opaque')) missing(judgement, at.in('opaque'), 'opaque is missing, the only kind of configuration there is');
    return;
  }
  const place = at.in('opaque');
  checkDriver(opaque, 'driver', place, judgement);
  const { parameters } = opaque;
  if (!has(opaque, 'parameters')) missing(judgement, place.in('parameters'), 'parameters is missing');
  else if (!isObject(parameters)) invalid(judgement, place.in('parameters'), parameters, 'parameters is no object');
  else if (byteLength(stringify(parameters)) > LARGEST)
    invalid(judgement, place.in('parameters'), parameters, `parameters is larger than ${LARGEST} bytes`);
}
