import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkName, checkNoBacksteps, checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, textIn } from '../values.ts';
import { clash } from './clash.ts';
import { checkFieldReference, checkResourceReference } from './downward-api.ts';
import type { VolumeNames } from './volumes.ts';

export const ENV_SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;

/** Where a variable takes its value from: validateEnvVarValueFrom. `at`: of the source. */
export function checkEnvSource(
  kind: (typeof ENV_SOURCES)[number],
  source: JsonObject,
  at: Place,
  judgement: Judgement,
  volumes: VolumeNames,
): void {
  switch (kind) {
    case 'fieldRef':
      // What the node was called in the oldest clients.
      if (source.fieldPath !== 'spec.host') checkFieldReference(source, FIELDS, at, judgement);
      break;
    case 'resourceFieldRef':
      checkResourceReference(source, false, at, judgement);
      break;
    case 'fileKeyRef':
      checkFileKey(source, at, judgement, volumes);
      break;
    default:
      checkThere(source, 'name', at, judgement, `${kind} has no name`);
      checkName(source, 'name', 'subdomain', at, judgement);
      checkKey(source, at, judgement);
  }
}

/** A key of a ConfigMap or a Secret: IsConfigMapKey. */
function checkKey(source: JsonObject, at: Place, judgement: Judgement): void {
  const key = textIn(source, 'key');
  if (key === '') {
    checkThere(source, 'key', at, judgement, 'the key is missing');
    return;
  }
  const fault = keyFault(key);
  if (fault !== undefined) invalid(judgement, at.in('key'), key, `key ${quote(key)} ${fault}`);
}

function keyFault(key: string): string | undefined {
  if (key.length > 253) return 'is longer than 253 characters';
  if (key === '.' || key.startsWith('..')) return 'may not be "." and may not start with ".."';
  return /^[-._a-zA-Z0-9]+$/.test(key) ? undefined : 'may have only letters, digits, "-", "_" and "."';
}

/** validateFileKeySelector, validateFileKeyRefVolumes. */
function checkFileKey(source: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const key = textIn(source, 'key');
  if (!/^[ -<>-~]*$/.test(key))
    invalid(judgement, at.in('key'), key, `key ${quote(key)} may have only printable ASCII characters, and no "="`);
  checkThere(source, 'key', at, judgement, 'the key is missing');
  checkThere(source, 'path', at, judgement, 'the path is missing');
  checkNoBacksteps(source, 'path', at, judgement);
  checkThere(source, 'volumeName', at, judgement, 'the name of the volume is missing');
  checkName(source, 'volumeName', 'label', at, judgement);
  const name = textIn(source, 'volumeName');
  const volume = volumes.get(name);
  if (volume === undefined) {
    if (name !== '') clash(judgement, at.in('volumeName'), name, `the pod has no volume ${quote(name)}`, 'wl/volume-unmounted');
  } else if (!isEmptyDir(volume))
    clash(judgement, at.in('volumeName'), name, `volume ${quote(name)} is no emptyDir, which fileKeyRef needs`);
}

/** A volume that names no source is an emptyDir, too. */
function isEmptyDir(volume: JsonObject): boolean {
  if (has(volume, 'emptyDir')) return true;
  for (const key in volume) if (key !== 'name' && has(volume, key)) return false;
  return true;
}
