import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkLabelKey, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { warnOfNodeLabel } from './node-labels.ts';

const MOST_PARAMETERS = 512;
const LARGEST_PARAMETERS = 256 * 1024;

export function checkStorageClass(object: JsonObject, judgement: Judgement): void {
  checkProvisioner(object, 'provisioner', judgement);
  checkParameters(object, judgement);
  checkChoice(object, 'reclaimPolicy', ['Delete', 'Retain'], ROOT, judgement, 'absent');
  checkChoice(object, 'volumeBindingMode', ['Immediate', 'WaitForFirstConsumer'], ROOT, judgement);
  checkTopologies(object, judgement);
}

export function checkVolumeAttributesClass(object: JsonObject, judgement: Judgement): void {
  checkProvisioner(object, 'driverName', judgement);
  const parameters = objectIn(object, 'parameters');
  if (parameters === undefined ? lacks(object, 'parameters') : Object.keys(parameters).length === 0)
    missing(judgement, ROOT.in('parameters'), 'parameters is missing, at least one of them is needed');
  checkParameters(object, judgement);
}

function checkProvisioner(object: JsonObject, key: string, judgement: Judgement): void {
  const name = textIn(object, key);
  const fault = name === '' ? undefined : keyFault(name.toLowerCase());
  if (fault !== undefined) invalid(judgement, ROOT.in(key), name, `${key} ${quote(name)} ${fault}`);
}

function checkParameters(object: JsonObject, judgement: Judgement): void {
  const parameters = objectIn(object, 'parameters');
  if (parameters === undefined) return;
  let count = 0;
  let size = 0;
  for (const key in parameters) {
    count++;
    size += byteLength(key) + byteLength(textIn(parameters, key));
    if (key === '') invalid(judgement, ROOT.in('parameters').in(key), key, 'a parameter has an empty name');
  }
  if (count > MOST_PARAMETERS)
    invalid(judgement, ROOT.in('parameters'), parameters, `${count} parameters are more than ${MOST_PARAMETERS}`);
  else if (size > LARGEST_PARAMETERS) invalid(judgement, ROOT.in('parameters'), parameters, 'parameters are larger than 256 KiB');
}

/** validateAllowedTopologies. */
function checkTopologies(object: JsonObject, judgement: Judgement): void {
  const seen: string[] = [];
  for (const [term, index] of objectsIn(object, 'allowedTopologies')) {
    const at = ROOT.in('allowedTopologies').in(index);
    checkTopology(term, at, judgement);
    const all = signatureOf(term);
    // The server also takes an empty term for the repetition of one that is not there.
    if (all === '' && lacks(term, 'matchLabelExpressions'))
      missing(judgement, at.in('matchLabelExpressions'), 'matchLabelExpressions is missing');
    else if (seen.includes(all))
      duplicate(judgement, at.in('matchLabelExpressions'), null, 'the term says what an earlier one says', 'schema/invalid');
    seen.push(all);
  }
}

function checkTopology(term: JsonObject, at: Place, judgement: Judgement): void {
  const keys: string[] = [];
  for (const [one, index] of objectsIn(term, 'matchLabelExpressions')) {
    const place = at.in('matchLabelExpressions').in(index);
    const key = textIn(one, 'key');
    if (key !== '') {
      checkLabelKey(key, place.in('key'), judgement);
      warnOfNodeLabel(key, place.in('key'), judgement);
    }
    if (keys.includes(key)) duplicate(judgement, place.in('key'), key, `label ${quote(key)} is there twice`, 'schema/invalid');
    keys.push(key);
    const values = listIn(one, 'values');
    for (let at = 1; at < values.length; at++) {
      const value = values[at] ?? '';
      if (values.indexOf(value) < at)
        duplicate(judgement, place.in('values').in(at), value, `value ${quote(value)} is there twice`, 'schema/invalid');
    }
  }
}

/** The labels with their values, whatever their order. */
function signatureOf(term: JsonObject): string {
  const parts: string[] = [];
  for (const [one] of objectsIn(term, 'matchLabelExpressions'))
    parts.push(JSON.stringify([textIn(one, 'key'), listIn(one, 'values').map(String).sort()]));
  return parts.sort().join();
}
