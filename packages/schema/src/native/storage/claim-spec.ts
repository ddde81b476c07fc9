import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isFractional, signOfQuantity } from '../quantities.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkAccessModes, VOLUME_MODES } from './access-modes.ts';

/**
 * The spec of a PersistentVolumeClaim, of a claim template of a StatefulSet, or of an ephemeral volume: ValidatePersistentVolumeClaimSpec.
 * `isClaim`: of a claim itself, whose data sources the server tidies up before it looks at them.
 */
export function checkClaimSpec(spec: JsonObject, at: Place, judgement: Judgement, isClaim = false): void {
  checkAccessModes(spec, at, judgement);
  checkSize(spec, at, judgement);
  checkName(spec, 'storageClassName', 'subdomain', at, judgement);
  checkChoice(spec, 'volumeMode', VOLUME_MODES, at, judgement);
  if (judgement.minor >= 34) checkName(spec, 'volumeAttributesClassName', 'subdomain', at, judgement);
  if (has(spec, 'dataSource') || has(spec, 'dataSourceRef')) checkDataSources(spec, at, judgement, isClaim);
}

function checkSize(spec: JsonObject, at: Place, judgement: Judgement): void {
  const resources = objectIn(spec, 'resources');
  if (resources === undefined ? has(spec, 'resources') : has(resources, 'requests') && objectIn(resources, 'requests') === undefined)
    return;
  const requests = objectIn(resources, 'requests');
  const size = requests?.storage;
  if (size === undefined) {
    missing(judgement, at.in('resources').in('requests').in('storage'), 'resources.requests.storage is missing: a claim says its size');
  } else {
    const sign = size === null ? 0 : signOfQuantity(size);
    if (sign === -1 || sign === 0)
      invalid(judgement, at.in('resources').in('requests').in('storage'), size, `${quote(size)} is no size: it must be more than 0`);
  }
  warnOfFraction(requests, 'requests', at, judgement);
  warnOfFraction(objectIn(resources, 'limits'), 'limits', at, judgement);
}

function warnOfFraction(list: JsonObject | undefined, key: string, at: Place, judgement: Judgement): void {
  if (list !== undefined && isFractional(list.storage))
    warn(
      judgement,
      at.in('resources').in(key).in('storage'),
      `${quote(list.storage)} is no whole number of bytes`,
      'schema/server-warning',
    );
}

function checkDataSources(spec: JsonObject, at: Place, judgement: Judgement, isClaim: boolean): void {
  let source = objectIn(spec, 'dataSource');
  let reference = objectIn(spec, 'dataSourceRef');
  if (isClaim) {
    // CrossNamespaceVolumeDataSource is off: a reference into another namespace is dropped.
    if (textIn(reference, 'namespace') !== '') reference = undefined;
    if (reference === undefined && source !== undefined && !isOfOld(source)) source = undefined;
  }
  if (source !== undefined) checkReference(source, at.in('dataSource'), judgement);
  if (reference === undefined) return;
  checkReference(reference, at.in('dataSourceRef'), judgement);
  checkName(reference, 'namespace', 'label', at.in('dataSourceRef'), judgement);
  if (source === undefined) return;
  if (textIn(reference, 'namespace') !== '')
    conflict(judgement, at.in('dataSource'), 'dataSource may not stand beside a dataSourceRef with a namespace');
  else if (!isSame(source, reference)) conflict(judgement, at.in('dataSource'), 'dataSource and dataSourceRef must name the same object');
}

/** What dataSource took before there was a dataSourceRef; the server drops all else. */
function isOfOld(source: JsonObject): boolean {
  const group = textIn(source, 'apiGroup');
  return source.kind === 'PersistentVolumeClaim' ? group === '' : source.kind === 'VolumeSnapshot' && group === 'snapshot.storage.k8s.io';
}

function checkReference(source: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(source, 'name', at, judgement, 'name of the data source is missing');
  checkThere(source, 'kind', at, judgement, 'kind of the data source is missing');
  const group = textIn(source, 'apiGroup');
  const kind = textIn(source, 'kind');
  const fault = group === '' ? undefined : nameFault(group, 'subdomain');
  if (fault !== undefined) invalid(judgement, at.in('apiGroup'), group, `apiGroup ${quote(group)} ${fault}`);
  if (group === '' && kind !== '' && kind !== 'PersistentVolumeClaim' && !has(source, 'apiGroup'))
    missing(judgement, at.in('apiGroup'), `apiGroup is missing: without it the kind can only be PersistentVolumeClaim, not ${quote(kind)}`);
  else if (group === '' && kind !== '' && kind !== 'PersistentVolumeClaim')
    invalid(judgement, at.in('kind'), kind, `kind ${quote(kind)} is not PersistentVolumeClaim, the only one in an empty apiGroup`);
}

function isSame(source: JsonObject, reference: JsonObject): boolean {
  const group = (one: JsonObject): unknown => (has(one, 'apiGroup') ? one.apiGroup : undefined);
  return (
    group(source) === group(reference) &&
    textIn(source, 'kind') === textIn(reference, 'kind') &&
    textIn(source, 'name') === textIn(reference, 'name')
  );
}
