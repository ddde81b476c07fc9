import { isObject, type JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { conflict } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { checkIscsi } from '../storage/block-sources.ts';
import { has, objectsIn, textIn } from '../values.ts';
import type { PodAround } from './around.ts';
import { warnOfOverlaps } from './volume-overlaps.ts';
import { warnOfPlugin } from './volume-plugins.ts';
import { POD_SOURCES } from './volume-sources.ts';

/** The volumes of a pod by name, also of a claim template. A volume that names no source is an emptyDir. */
export type VolumeNames = ReadonlyMap<string, JsonObject>;

const NONE: VolumeNames = new Map();
const NO_CLAIMS: readonly string[] = [];

/** spec.volumes, and the server's warnings of them: ValidateVolumes. `at`: of the spec. */
export function checkVolumes(spec: JsonObject, at: Place, judgement: Judgement, around: PodAround): VolumeNames {
  const claims = around.claims ?? NO_CLAIMS;
  const podName = textIn(around.metadata, 'name');
  if (!has(spec, 'volumes') && claims.length === 0) return NONE;
  const volumes = new Map<string, JsonObject>();
  for (const [volume, index] of objectsIn(spec, 'volumes')) {
    const name = textIn(volume, 'name');
    if (claims.includes(name)) continue;
    const place = at.in('volumes').in(index);
    checkVolume(volume, name, place, judgement);
    // Of two that have one name the schema speaks.
    if (!volumes.has(name)) volumes.set(name, volume);
    if (podName !== '') checkClaimNames(volume, name, spec, podName, place, judgement);
  }
  for (const name of claims) volumes.set(name, { name, persistentVolumeClaim: { claimName: name } });
  return volumes;
}

function checkVolume(volume: JsonObject, name: string, at: Place, judgement: Judgement): void {
  // The feature of image volumes is off: the volume drops out before anybody looks at it.
  if (judgement.minor < 35 && has(volume, 'image')) return;
  const fault = name === '' ? undefined : nameFault(name, 'label');
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `volume name ${quote(name)} ${fault}`);
  let first: string | undefined;
  for (const key in volume) {
    if (key === 'name' || !has(volume, key)) continue;
    const check = Object.hasOwn(POD_SOURCES, key) ? POD_SOURCES[key] : undefined;
    if (check === undefined) continue;
    if (first !== undefined) conflict(judgement, at.in(key), `${key} and ${first} exclude each other: a volume has one source`);
    first ??= key;
    const source = volume[key];
    if (!isObject(source)) continue;
    if (key === 'iscsi') checkIscsi(source, name, at.in(key), judgement);
    else check(source, at.in(key), judgement);
    warnOfPlugin(key, at, judgement);
    warnOfOverlaps(key, source, at, judgement);
  }
}

/** Claims that are made for the pod's ephemeral volumes: their names, and that no other volume names one. */
function checkClaimNames(volume: JsonObject, name: string, spec: JsonObject, podName: string, at: Place, judgement: Judgement): void {
  if (has(volume, 'ephemeral') && name !== '') {
    const made = `${podName}-${name}`;
    const fault = nameFault(made, 'subdomain');
    if (fault !== undefined)
      invalid(judgement, at.in('name'), made, `the claim of the volume would be named ${quote(made)}, which ${fault}`);
  }
  const claim = volume.persistentVolumeClaim;
  const claimName = isObject(claim) ? textIn(claim, 'claimName') : '';
  if (!claimName.startsWith(`${podName}-`)) return;
  for (const [other] of objectsIn(spec, 'volumes')) {
    if (has(other, 'ephemeral') && claimName === `${podName}-${textIn(other, 'name')}`)
      conflict(
        judgement,
        at.in('persistentVolumeClaim').in('claimName'),
        `claim ${quote(claimName)} is made for an ephemeral volume`,
        claimName,
      );
  }
}
