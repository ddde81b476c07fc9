import { isObject, type JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkDriver, checkName, checkNoBacksteps, checkThere, conflict, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { checkNodeSelector } from '../pod/node-selector.ts';
import { signOfQuantity, wrapsBelowZero } from '../quantities.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkAccessModes, VOLUME_MODES } from './access-modes.ts';
import { checkIscsi } from './block-sources.ts';
import { SOURCES, type SourceCheck } from './sources.ts';

/** The sources that a PersistentVolume has otherwise than a pod, beside iscsi. */
const OWN_SOURCES: Readonly<Record<string, SourceCheck>> = {
  azureFile: checkAzureFile,
  cinder: checkSecret,
  csi: checkCsi,
  glusterfs: checkGlusterfs,
  local: checkLocal,
  storageos: (source, at, judgement) => {
    SOURCES.storageos?.(source, at, judgement);
    checkSecret(source, at, judgement);
  },
};

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'] as const;

/** What a PersistentVolume says of itself: ValidatePersistentVolumeSpec. `name`: of the volume. */
export function checkVolumeSpec(spec: JsonObject, name: string, at: Place, judgement: Judgement): void {
  checkCapacity(spec, at, judgement);
  checkChoice(spec, 'persistentVolumeReclaimPolicy', RECLAIM_POLICIES, at, judgement, 'absent');
  checkName(spec, 'storageClassName', 'subdomain', at, judgement);
  checkChoice(spec, 'volumeMode', VOLUME_MODES, at, judgement);
  const affinity = objectIn(spec, 'nodeAffinity');
  if (affinity !== undefined) {
    const required = objectIn(affinity, 'required');
    if (required !== undefined) checkNodeSelector(required, at.in('nodeAffinity').in('required'), judgement);
    else if (!has(affinity, 'required'))
      missing(judgement, at.in('nodeAffinity').in('required'), 'nodeAffinity has no required node selector');
  }
  checkSource(spec, name, at, judgement);
  const hostPath = objectIn(spec, 'hostPath');
  if (spec.persistentVolumeReclaimPolicy === 'Recycle' && hostPath !== undefined && isRoot(textIn(hostPath, 'path')))
    conflict(judgement, at.in('persistentVolumeReclaimPolicy'), 'a volume of the whole host ("/") may not be recycled', 'Recycle');
  if (judgement.minor < 34 || !has(spec, 'volumeAttributesClassName')) return;
  if (spec.volumeAttributesClassName === '') missing(judgement, at.in('volumeAttributesClassName'), 'volumeAttributesClassName is empty');
  checkName(spec, 'volumeAttributesClassName', 'subdomain', at, judgement);
  if (!has(spec, 'csi')) missing(judgement, at.in('csi'), 'csi is missing, which volumeAttributesClassName needs');
}

/** A volume within a VolumeAttachment. */
export function checkInlineVolumeSpec(spec: JsonObject, at: Place, judgement: Judgement): void {
  const context = 'may not stand in an inline volume';
  for (const key of ['claimRef', 'nodeAffinity', 'storageClassName']) {
    if (!lacks(spec, key)) forbidden(judgement, at.in(key), `${key} ${context}`);
  }
  const capacity = objectIn(spec, 'capacity');
  if (capacity !== undefined && Object.keys(capacity).length > 0) forbidden(judgement, at.in('capacity'), `capacity ${context}`);
  if (!has(spec, 'csi')) missing(judgement, at.in('csi'), 'csi is missing, the only source of an inline volume');
  checkAccessModes(spec, at, judgement);
  for (const [key, only] of [
    ['persistentVolumeReclaimPolicy', 'Retain'],
    ['volumeMode', 'Filesystem'],
  ] as const) {
    const value = spec[key];
    if (typeof value !== 'string' || value === only || (value === '' && key !== 'volumeMode')) continue;
    invalid(judgement, at.in(key), value, `${key} of an inline volume can only be ${only}`);
  }
  checkSource(spec, '', at, judgement);
}

function checkCapacity(spec: JsonObject, at: Place, judgement: Judgement): void {
  checkAccessModes(spec, at, judgement);
  const capacity = objectIn(spec, 'capacity');
  if (capacity === undefined && has(spec, 'capacity')) return;
  if (capacity?.storage === undefined)
    missing(judgement, at.in('capacity').in('storage'), 'capacity.storage is missing: a volume says its size');
  if (capacity === undefined) return;
  for (const key in capacity) {
    const value = capacity[key];
    const sign = value === null ? 0 : signOfQuantity(value);
    if (key !== 'storage') forbidden(judgement, at.in('capacity').in(key), `capacity has ${quote(key)}, it can only have storage`);
    else if (sign === -1 || sign === 0)
      invalid(judgement, at.in('capacity').in(key), value, `${quote(value)} is no size: it must be more than 0`);
    else if (wrapsBelowZero(value))
      invalid(judgement, at.in('capacity').in(key), value, `${quote(value)} is more than the server can count`);
  }
}

function checkSource(spec: JsonObject, name: string, at: Place, judgement: Judgement): void {
  let first = '';
  for (const key in spec) {
    const check = Object.hasOwn(OWN_SOURCES, key) ? OWN_SOURCES[key] : Object.hasOwn(SOURCES, key) ? SOURCES[key] : undefined;
    if (check === undefined || !has(spec, key)) continue;
    // The server lets a flexVolume stand beside an earlier source.
    if (first !== '' && !isFlexBeside(spec, key, first))
      conflict(judgement, at.in(key), `${key} and ${first} exclude each other: a volume has one source`);
    first ||= key;
    const source = spec[key];
    if (!isObject(source)) continue;
    if (key === 'iscsi') checkIscsiVolume(source, name, at.in(key), judgement);
    else check(source, at.in(key), judgement);
  }
  if (first === '') missing(judgement, at.in('csi'), 'the volume has no source: csi, nfs, local, hostPath or another');
  if (has(spec, 'local') && !has(spec, 'nodeAffinity'))
    missing(judgement, at.in('nodeAffinity'), 'nodeAffinity is missing, which a local volume needs');
}

/** The order in which the server looks at the sources up to flexVolume. */
const BEFORE_FLEX = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
];

function isFlexBeside(spec: JsonObject, key: string, first: string): boolean {
  if (!has(spec, 'flexVolume') || (key !== 'flexVolume' && first !== 'flexVolume')) return false;
  return BEFORE_FLEX.includes(key === 'flexVolume' ? first : key);
}

function checkIscsiVolume(source: JsonObject, name: string, at: Place, judgement: Judgement): void {
  checkIscsi(source, name, at, judgement);
  const secret = objectIn(source, 'secretRef');
  if (secret !== undefined) checkThere(secret, 'name', at.in('secretRef'), judgement, 'name of the secret is missing');
}

function checkLocal(source: JsonObject, at: Place, judgement: Judgement): void {
  checkNoBacksteps(source, 'path', at, judgement);
}

function checkAzureFile(source: JsonObject, at: Place, judgement: Judgement): void {
  if (source.secretNamespace === '') missing(judgement, at.in('secretNamespace'), 'secretNamespace is empty');
}

function checkGlusterfs(source: JsonObject, at: Place, judgement: Judgement): void {
  const namespace = source.endpointsNamespace;
  if (typeof namespace !== 'string') return;
  const fault = nameFault(namespace, 'label');
  if (fault !== undefined) invalid(judgement, at.in('endpointsNamespace'), namespace, `endpointsNamespace ${quote(namespace)} ${fault}`);
}

/** A secretRef with its namespace. */
function checkSecret(source: JsonObject, at: Place, judgement: Judgement, key = 'secretRef'): void {
  const secret = objectIn(source, key);
  if (secret === undefined) return;
  checkThere(secret, 'name', at.in(key), judgement, 'name of the secret is missing');
  checkThere(secret, 'namespace', at.in(key), judgement, 'namespace of the secret is missing');
}

function checkCsi(source: JsonObject, at: Place, judgement: Judgement): void {
  checkDriver(source, 'driver', at, judgement);
  for (const key of ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef']) {
    const secret = objectIn(source, key);
    if (secret === undefined) continue;
    checkSecret(source, at, judgement, key);
    checkName(secret, 'name', 'subdomain', at.in(key), judgement);
    checkName(secret, 'namespace', 'label', at.in(key), judgement);
  }
}

/** Whether Go's path.Clean makes "/" of it. */
function isRoot(path: string): boolean {
  if (!path.startsWith('/')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}
