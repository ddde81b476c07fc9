import type { JsonObject } from '@plumbline/core';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { conflict } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, objectIn, textIn } from '../values.ts';
import { checkCapacityPolicy } from './device-capacity.ts';
import { qualifiedFault } from './device-names.ts';

const MOST = 32;
const LONGEST = 64;
const SEMANTIC =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;

/** What is known of a device: attributes and capacities, by name. */
export function checkAttributes(device: JsonObject, at: Place, judgement: Judgement): void {
  const attributes = objectIn(device, 'attributes') ?? {};
  const capacities = objectIn(device, 'capacity') ?? {};
  const count = Object.keys(attributes).length + Object.keys(capacities).length;
  if (count > MOST) invalid(judgement, at, device, `${count} attributes and capacities are more than ${MOST}`);
  for (const name in attributes) {
    checkKey(name, at.in('attributes').in(name), judgement);
    // null is an attribute without a value.
    const attribute = attributes[name] === null ? {} : objectIn(attributes, name);
    if (attribute !== undefined) checkAttribute(attribute, at.in('attributes').in(name), judgement);
  }
  const isShared = flagIn(device, 'allowMultipleAllocations') === true;
  for (const name in capacities) {
    const place = at.in('capacity').in(name);
    checkKey(name, place, judgement);
    const capacity = objectIn(capacities, name);
    const policy = objectIn(capacity, 'requestPolicy');
    if (policy === undefined || judgement.minor < 36) continue;
    if (isShared) checkCapacityPolicy(capacity?.value, policy, place.in('requestPolicy'), judgement);
    else conflict(judgement, place.in('requestPolicy'), 'a requestPolicy needs allowMultipleAllocations: true of the device');
  }
}

function checkKey(name: string, place: Place, judgement: Judgement): void {
  const fault = qualifiedFault(name);
  if (fault !== undefined) invalid(judgement, place, name, `${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
}

/** Exactly one value. Lists of values are of a feature that is off: they drop out. */
function checkAttribute(attribute: JsonObject, at: Place, judgement: Judgement): void {
  const kinds = ['bool', 'int', 'string', 'version'].filter((key) => has(attribute, key));
  if (kinds.length === 0) missing(judgement, at, 'the attribute has no value: one of bool, int, string and version');
  else if (kinds.length > 1) invalid(judgement, at, attribute, `the attribute has more than one value: ${kinds.join(', ')}`);
  for (const key of ['string', 'version']) {
    const text = textIn(attribute, key);
    if (byteLength(text) > LONGEST) invalid(judgement, at.in(key), text, `the value is longer than ${LONGEST} bytes`);
  }
  const { version } = attribute;
  if (typeof version === 'string' && !SEMANTIC.test(version))
    invalid(judgement, at.in('version'), version, `version ${quote(version)} is no semantic version such as 1.2.3`);
}
