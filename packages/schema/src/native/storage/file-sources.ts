import { isObject, type JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkNoBacksteps, checkThere, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { objectIn, textIn } from '../values.ts';

// Sources of folders and of drivers, as a volume of a pod and a PersistentVolume have them. What schemas demand (most names) is not looked at again.

const HOST_PATH_TYPES = ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'] as const;

/** validateHostPathVolumeSource. */
export function checkHostPath(source: JsonObject, at: Place, judgement: Judgement): void {
  checkNoBacksteps(source, 'path', at, judgement);
  checkChoice(source, 'type', HOST_PATH_TYPES, at, judgement, 'absent');
}

/** validateNFSVolumeSource. */
export function checkNfs(source: JsonObject, at: Place, judgement: Judgement): void {
  const path = textIn(source, 'path');
  if (path !== '' && !path.startsWith('/')) invalid(judgement, at.in('path'), path, `path ${quote(path)} does not start with "/"`);
}

/** validateQuobyteVolumeSource. */
export function checkQuobyte(source: JsonObject, at: Place, judgement: Judgement): void {
  const registry = textIn(source, 'registry');
  const tenant = textIn(source, 'tenant');
  if (registry === '') return;
  if (tenant.length >= 65) invalid(judgement, at.in('tenant'), tenant, 'tenant is longer than 64 characters');
  else if (!registry.split(',').every(isHostPort))
    invalid(judgement, at.in('registry'), registry, `registry ${quote(registry)} is not HOST:PORT, or several of them with commas between`);
}

/** What Go's net.SplitHostPort takes; the port may be empty. */
function isHostPort(text: string): boolean {
  if (text.startsWith('[')) return /^\[[^[\]]*\]:[^[\]:]*$/.test(text);
  return /^[^[\]:]*:[^[\]:]*$/.test(text);
}

/** validateFlockerVolumeSource. */
export function checkFlocker(source: JsonObject, at: Place, judgement: Judgement): void {
  const name = textIn(source, 'datasetName');
  if (lacks(source, 'datasetName') && lacks(source, 'datasetUUID'))
    missing(judgement, at.in('datasetName'), 'datasetName or datasetUUID is missing');
  if (name !== '' && textIn(source, 'datasetUUID') !== '')
    conflict(judgement, at.in('datasetUUID'), 'datasetUUID and datasetName exclude each other');
  if (name.includes('/')) invalid(judgement, at.in('datasetName'), name, `datasetName ${quote(name)} may not have "/" in it`);
}

/** validateFlexVolumeSource. */
export function checkFlexVolume(source: JsonObject, at: Place, judgement: Judgement): void {
  const options = source.options;
  if (!isObject(options)) return;
  for (const key in options) {
    const slash = key.indexOf('/');
    const domain = `.${(slash < 0 ? key : key.slice(0, slash)).toLowerCase()}`;
    if (domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io'))
      invalid(judgement, at.in('options').in(key), key, `option ${quote(key)}: kubernetes.io and k8s.io are reserved`);
  }
}

/** validateScaleIOVolumeSource. */
export function checkScaleIo(source: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(source, 'volumeName', at, judgement, 'volumeName is missing');
}

/** validateStorageOSVolumeSource; the secret of a PersistentVolume names its namespace, too. */
export function checkStorageOs(source: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(source, 'volumeName', at, judgement, 'volumeName is missing');
  checkName(source, 'volumeName', 'label', at, judgement);
  checkName(source, 'volumeNamespace', 'label', at, judgement);
  checkSecretName(source, at, judgement);
}

/** That a secretRef has a name. */
export function checkSecretName(source: JsonObject, at: Place, judgement: Judgement): void {
  const secret = objectIn(source, 'secretRef');
  if (secret !== undefined) checkThere(secret, 'name', at.in('secretRef'), judgement, 'name of the secret is missing');
}
