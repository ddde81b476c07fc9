import { isObject, type JsonObject } from '@plumbline/core';
import { keyFault, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkFilePath, checkRange, checkThere, conflict, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { checkSignerName, isOfKubernetes } from './signer-name.ts';
import { checkDownwardFiles, checkItems, checkMode } from './volume-files.ts';

const SOURCES = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'] as const;
const KEY_TYPES = ['ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519', 'RSA3072', 'RSA4096'] as const;
const DAY = 86_400;

/** validateProjectedVolumeSource: several sources in one folder, whose files may not collide. */
export function checkProjected(volume: JsonObject, at: Place, judgement: Judgement): void {
  checkMode(volume, 'defaultMode', at, judgement);
  const taken = new Set<string>();
  for (const [source, index] of objectsIn(volume, 'sources')) checkSource(source, taken, at.in('sources').in(index), judgement);
}

function checkSource(source: JsonObject, taken: Set<string>, at: Place, judgement: Judgement): void {
  let first: string | undefined;
  for (const key of SOURCES) {
    if (!has(source, key) || isDropped(key, judgement.minor)) continue;
    if (first !== undefined) conflict(judgement, at.in(key), `${key} and ${first} exclude each other: each item of sources has one source`);
    first ??= key;
    const one = objectIn(source, key);
    if (one === undefined) continue;
    const place = at.in(key);
    if (key === 'secret' || key === 'configMap') {
      checkThere(one, 'name', place, judgement, `name of the ${key === 'secret' ? 'Secret' : 'ConfigMap'} is missing`);
      checkItems(one, place, judgement);
      takePaths(one, taken, place, judgement);
    } else if (key === 'downwardAPI') {
      checkDownwardFiles(one, place, judgement);
      takePaths(one, taken, place, judgement);
    } else if (key === 'serviceAccountToken') {
      checkRange(one, 'expirationSeconds', 600, 2 ** 32, place, judgement);
      checkFilePath(one, 'path', place, judgement);
    } else if (key === 'clusterTrustBundle') checkTrustBundle(one, taken, place, judgement);
    else checkCertificate(one, taken, place, judgement);
  }
}

/** Sources of features that are off drop out before anybody looks at them. */
export function isDropped(key: string, minor: number): boolean {
  return minor < 37 && (key === 'clusterTrustBundle' || key === 'podCertificate');
}

function takePaths(source: JsonObject, taken: Set<string>, at: Place, judgement: Judgement): void {
  for (const [item, index] of objectsIn(source, 'items')) takePath(item, 'path', taken, at.in('items').in(index), judgement);
}

function takePath(object: JsonObject, key: string, taken: Set<string>, at: Place, judgement: Judgement): void {
  const path = textIn(object, key);
  if (path === '') return;
  if (taken.has(path))
    duplicate(judgement, at.in(key), path, `path ${quote(path)} is taken by another file of the volume`, 'schema/invalid');
  taken.add(path);
}

function checkTrustBundle(bundle: JsonObject, taken: Set<string>, at: Place, judgement: Judgement): void {
  const hasName = has(bundle, 'name');
  if (hasName && has(bundle, 'signerName')) conflict(judgement, at.in('signerName'), 'signerName and name exclude each other');
  else if (hasName) {
    const name = textIn(bundle, 'name');
    const fault = bundleNameFault(name);
    if (typeof bundle.name === 'string' && fault !== undefined) invalid(judgement, at.in('name'), name, `name ${quote(name)} ${fault}`);
    if (has(bundle, 'labelSelector')) conflict(judgement, at.in('labelSelector'), 'labelSelector goes with signerName, not with name');
  } else if (has(bundle, 'signerName')) checkSignerName(bundle, 'signerName', at, judgement);
  else missing(judgement, at.in('signerName'), 'signerName or name is missing');
  checkFilePath(bundle, 'path', at, judgement);
  takePath(bundle, 'path', taken, at, judgement);
}

/** ValidateClusterTrustBundleName: one of a signer has its name before it, with ":" for "/". */
function bundleNameFault(name: string): string | undefined {
  const colon = name.lastIndexOf(':');
  if (name.slice(0, Math.max(0, colon)).includes('/')) return 'has "/" in the name of its signer, where ":" must stand';
  return nameFault(name.slice(colon + 1), 'subdomain');
}

function checkCertificate(certificate: JsonObject, taken: Set<string>, at: Place, judgement: Judgement): void {
  checkSignerName(certificate, 'signerName', at, judgement);
  const annotations = certificate.userAnnotations;
  if (isObject(annotations)) {
    for (const key in annotations) {
      const fault = keyFault(key.toLowerCase()) ?? (key.includes('/') ? undefined : 'has no domain and "/" before it');
      if (fault !== undefined)
        invalid(judgement, at.in('userAnnotations').in(key), key, `key ${quote(key)} ${fault}`, 'meta/label-invalid', { part: 'key' });
    }
  }
  const keyType = textIn(certificate, 'keyType');
  if (keyType !== '' && !KEY_TYPES.some((one) => one === keyType)) unsupported(judgement, at.in('keyType'), keyType, KEY_TYPES, 'keyType');
  checkRange(certificate, 'maxExpirationSeconds', 3600, (isOfKubernetes(textIn(certificate, 'signerName')) ? 1 : 91) * DAY, at, judgement);
  let isAnyThere = false;
  for (const key of ['credentialBundlePath', 'keyPath', 'certificateChainPath']) {
    if (lacks(certificate, key)) continue;
    isAnyThere = true;
    checkFilePath(certificate, key, at, judgement);
    takePath(certificate, key, taken, at, judgement);
  }
  if (!isAnyThere) missing(judgement, at.in('credentialBundlePath'), 'credentialBundlePath, keyPath or certificateChainPath is missing');
}
