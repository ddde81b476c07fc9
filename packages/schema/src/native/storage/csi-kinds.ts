import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkDriver, checkName, checkRange, conflict, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, unsupported, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { takeBackRepetition } from '../pod/clash.ts';
import { signOfQuantity } from '../quantities.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { warnOfNodeLabels } from './node-labels.ts';

const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'] as const;
const LIFECYCLES = ['Ephemeral', 'Persistent'] as const;
/** The minor from which drivers take the tokens among the secrets (CSIServiceAccountTokenSecrets) and the period of updates is looked at. */
const NEWER = 35;

export function checkCsiDriver(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkChoice(spec, 'fsGroupPolicy', GROUP_POLICIES, at, judgement);
  const modes = listIn(spec, 'volumeLifecycleModes');
  for (let index = 0; index < modes.length; index++) {
    const mode = modes[index] ?? '';
    if (typeof mode === 'string' && !LIFECYCLES.some((one) => one === mode))
      unsupported(judgement, at.in('volumeLifecycleModes').in(index), mode, LIFECYCLES, 'the mode');
  }
  const audiences: string[] = [];
  for (const [request, index] of objectsIn(spec, 'tokenRequests')) {
    const place = at.in('tokenRequests').in(index);
    const audience = textIn(request, 'audience');
    if (audiences.includes(audience))
      duplicate(judgement, place.in('audience'), audience, `audience ${quote(audience)} is there twice`, 'schema/invalid');
    audiences.push(audience);
    checkRange(request, 'expirationSeconds', 600, 2 ** 32, place, judgement);
  }
  if (judgement.minor < NEWER) return;
  checkRange(spec, 'nodeAllocatableUpdatePeriodSeconds', 10, Number.POSITIVE_INFINITY, at, judgement);
  const place = at.in('serviceAccountTokenInSecrets');
  if (has(spec, 'serviceAccountTokenInSecrets')) {
    if (lacks(spec, 'tokenRequests')) conflict(judgement, place, 'serviceAccountTokenInSecrets goes with tokenRequests only');
  } else if (audiences.length > 0)
    warn(
      judgement,
      place,
      'with tokenRequests, serviceAccountTokenInSecrets: true keeps tokens out of the volume context',
      'schema/server-warning',
      {
        part: 'key',
      },
    );
}

export function checkCsiNode(object: JsonObject, judgement: Judgement): void {
  const names: string[] = [];
  for (const [driver, index] of objectsIn(objectIn(object, 'spec'), 'drivers')) {
    const at = ROOT.in('spec').in('drivers').in(index);
    const name = textIn(driver, 'name');
    const node = textIn(driver, 'nodeID');
    checkDriver(driver, 'name', at, judgement);
    if (name !== '' && names.includes(name)) {
      takeBackRepetition(judgement, at);
      duplicate(judgement, at.in('name'), name, `driver ${quote(name)} is there twice`);
    }
    names.push(name);
    if (byteLength(node) > 256) invalid(judgement, at.in('nodeID'), node, 'nodeID is longer than 256 characters');
    const allocatable = objectIn(driver, 'allocatable');
    if (allocatable !== undefined) checkRange(allocatable, 'count', 0, Number.POSITIVE_INFINITY, at.in('allocatable'), judgement);
    checkTopologyKeys(driver, at, judgement);
  }
}

function checkTopologyKeys(driver: JsonObject, at: Place, judgement: Judgement): void {
  const keys = listIn(driver, 'topologyKeys');
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (typeof key !== 'string') continue;
    const place = at.in('topologyKeys').in(index);
    const fault = keyFault(key);
    if (fault !== undefined) invalid(judgement, place, key, `label key ${quote(key)} ${fault}`, 'meta/label-invalid');
    else if (keys.indexOf(key) < index) duplicate(judgement, place, key, `label key ${quote(key)} is there twice`, 'schema/invalid');
  }
}

export function checkCsiStorageCapacity(object: JsonObject, judgement: Judgement): void {
  checkName(object, 'storageClassName', 'subdomain', ROOT, judgement);
  if (signOfQuantity(object.capacity) === -1)
    invalid(judgement, ROOT.in('capacity'), object.capacity, `capacity ${quote(object.capacity)} is less than 0`);
  const topology = objectIn(object, 'nodeTopology');
  if (topology !== undefined) warnOfNodeLabels(topology, ROOT.in('nodeTopology'), judgement);
}
