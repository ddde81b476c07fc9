import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { isExtended } from '../pod/resource-names.ts';
import { objectIn, objectsIn } from '../values.ts';
import { checkDeviceConfig } from './device-config.ts';
import { isWithin } from './device-names.ts';
import { checkDeviceSelectors } from './device-selectors.ts';

const MOST = 32;

export function checkDeviceClass(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkDeviceSelectors(spec, at, judgement);
  if (isWithin(spec, 'config', MOST, at, judgement))
    for (const [config, index] of objectsIn(spec, 'config')) checkDeviceConfig(config, at.in('config').in(index), judgement);
  const name = spec.extendedResourceName;
  if (typeof name === 'string' && judgement.minor >= 36 && !isExtended(name))
    invalid(
      judgement,
      at.in('extendedResourceName'),
      name,
      `extendedResourceName ${quote(name)} does not have the form of an extended resource, as example.com/gpu has`,
    );
}
