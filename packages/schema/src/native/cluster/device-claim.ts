import type { JsonObject, JsonValue } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { judgeLabelMap } from '../../selector.ts';
import { quote } from '../../verdict.ts';
import { checkLabelKey } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { checkDeviceConfig } from './device-config.ts';
import { checkDifferent, checkFullName, isWithin } from './device-names.ts';
import { checkDeviceRequest, checkRepetition } from './device-request.ts';
import { textsIn } from './texts.ts';

const MOST = 32;

export function checkResourceClaim(claim: JsonObject, judgement: Judgement): void {
  checkSpec(objectIn(claim, 'spec'), ROOT.in('spec'), judgement);
}

export function checkResourceClaimTemplate(template: JsonObject, judgement: Judgement): void {
  const spec = objectIn(template, 'spec');
  const metadata = objectIn(spec, 'metadata');
  if (metadata !== undefined) checkMetadata(metadata, judgement);
  checkSpec(objectIn(spec, 'spec'), ROOT.in('spec').in('spec'), judgement);
}

/** ValidateTemplateObjectMeta. */
function checkMetadata(metadata: JsonObject, judgement: Judgement): void {
  const at = ROOT.in('spec').in('metadata');
  for (const key of Object.keys(metadata))
    if (key !== 'labels' && key !== 'annotations' && !isZero(metadata[key]))
      forbidden(judgement, at.in(key), `only labels and annotations go from a template to its claims, not ${key}`);
  if (objectIn(metadata, 'labels') !== undefined) judgeLabelMap(metadata.labels, at.in('labels').path(), judgement);
  const annotations = objectIn(metadata, 'annotations');
  if (annotations !== undefined)
    for (const key in annotations) checkLabelKey(key.toLowerCase(), at.in('annotations').in(key), judgement, 'annotation key');
}

/** validateDeviceClaim. v1beta1, which no server serves by default, has another shape and is not looked into. */
function checkSpec(spec: JsonObject | undefined, at: Place, judgement: Judgement): void {
  const devices = objectIn(spec, 'devices');
  if (devices === undefined || judgement.gvk.version === 'v1beta1') return;
  const place = at.in('devices');
  const names = namesIn(devices);
  checkRequests(devices, place, judgement);
  if (isWithin(devices, 'constraints', MOST, place, judgement))
    for (const [one, index] of objectsIn(devices, 'constraints')) checkConstraint(one, names, place.in('constraints').in(index), judgement);
  if (!isWithin(devices, 'config', MOST, place, judgement)) return;
  for (const [one, index] of objectsIn(devices, 'config')) {
    checkReferences(one, names, place.in('config').in(index), judgement);
    checkDeviceConfig(one, place.in('config').in(index), judgement);
  }
}

function checkRequests(devices: JsonObject, at: Place, judgement: Judgement): void {
  if (!isWithin(devices, 'requests', MOST, at, judgement)) return;
  const names = new Set<string>();
  for (const [request, index] of objectsIn(devices, 'requests')) {
    const place = at.in('requests').in(index);
    checkDeviceRequest(request, place, judgement);
    checkRepetition(request, names, place, judgement);
  }
}

/** The names of the requests, and of their alternatives as `request/alternative`. */
function namesIn(devices: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [request] of objectsIn(devices, 'requests')) {
    names.add(textIn(request, 'name'));
    for (const [one] of objectsIn(request, 'firstAvailable')) names.add(`${textIn(request, 'name')}/${textIn(one, 'name')}`);
  }
  return names;
}

function checkReferences(owner: JsonObject, names: ReadonlySet<string>, at: Place, judgement: Judgement): void {
  if (!isWithin(owner, 'requests', MOST, at, judgement)) return;
  for (const [name, index] of textsIn(owner, 'requests')) {
    const place = at.in('requests').in(index);
    const fault =
      name.split('/').length > 2
        ? undefined
        : name
            .split('/')
            .map((part) => nameFault(part, 'label'))
            .find((one) => one !== undefined);
    if (fault !== undefined) invalid(judgement, place, name, `${quote(name)} ${fault}`);
    else if (!names.has(name)) {
      clash(judgement, place, name, `${quote(name)} is none of the requests: ${[...names].join(', ')}`);
    }
  }
  checkDifferent(owner, 'requests', at, judgement);
}

function checkConstraint(constraint: JsonObject, names: ReadonlySet<string>, at: Place, judgement: Judgement): void {
  checkReferences(constraint, names, at, judgement);
  const isNew = judgement.minor >= 36;
  const keys = isNew ? ['matchAttribute', 'distinctAttribute'] : ['matchAttribute'];
  for (const key of keys) checkFullName(constraint, key, at, judgement);
  if (!keys.some((key) => has(constraint, key)))
    missing(judgement, at.in('matchAttribute'), `matchAttribute ${isNew ? 'or distinctAttribute ' : ''}is missing`);
}

function isZero(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}
