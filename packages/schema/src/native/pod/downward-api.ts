import { formatQuantity, type JsonObject, type JsonValue, parseQuantity } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { signOfQuantity } from '../quantities.ts';
import { has, objectIn, textIn } from '../values.ts';

const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'] as const;
const RESOURCES = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
] as const;
const OF_CPU = ['1m', '1'] as const;
const OF_BYTES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'] as const;

/** What a file of the downward API shows: validateDownwardAPIVolumeFile. */
export function checkFileReference(file: JsonObject, at: Place, judgement: Judgement): void {
  const field = objectIn(file, 'fieldRef');
  const resource = objectIn(file, 'resourceFieldRef');
  if (field !== undefined) checkFieldReference(field, FIELDS, at.in('fieldRef'), judgement);
  if (has(file, 'fieldRef')) {
    if (has(file, 'resourceFieldRef')) conflict(judgement, at.in('resourceFieldRef'), 'resourceFieldRef and fieldRef exclude each other');
  } else if (resource !== undefined) checkResourceReference(resource, true, at.in('resourceFieldRef'), judgement);
  else if (!has(file, 'resourceFieldRef')) missing(judgement, at.in('fieldRef'), 'fieldRef or resourceFieldRef is missing');
}

/** A field of the pod. `fields`: those that may be named. validateObjectFieldSelector. */
export function checkFieldReference(reference: JsonObject, fields: readonly string[], at: Place, judgement: Judgement): void {
  const version = textIn(reference, 'apiVersion');
  if (version !== '' && version !== 'v1') unsupported(judgement, at.in('apiVersion'), version, ['v1'], 'the version');
  const path = textIn(reference, 'fieldPath');
  if (path === '' || fields.includes(path)) return;
  const [, field, key] = /^([\s\S]+?)\['([\s\S]*)'\]$/.exec(path) ?? [];
  if (field === undefined || key === undefined) unsupported(judgement, at.in('fieldPath'), path, fields, 'the path');
  else if (field !== 'metadata.labels' && field !== 'metadata.annotations')
    invalid(judgement, at.in('fieldPath'), path, `fieldPath ${quote(path)}: only metadata.labels and metadata.annotations take a key`);
  else {
    const fault = keyFault(field === 'metadata.annotations' ? key.toLowerCase() : key);
    if (fault !== undefined) invalid(judgement, at.in('fieldPath'), path, `fieldPath ${quote(path)}: key ${quote(key)} ${fault}`);
  }
}

/** Requests and limits of a container. `isOfVolume`: a volume must say of which. validateContainerResourceFieldSelector. */
export function checkResourceReference(reference: JsonObject, isOfVolume: boolean, at: Place, judgement: Judgement): void {
  const resource = textIn(reference, 'resource');
  if (isOfVolume) checkThere(reference, 'containerName', at, judgement, 'containerName is missing: a volume belongs to no container');
  if (resource === '') return;
  const isHuge = resource.startsWith('requests.hugepages-') || resource.startsWith('limits.hugepages-');
  if (!isHuge && !RESOURCES.some((one) => one === resource)) unsupported(judgement, at.in('resource'), resource, RESOURCES, 'the resource');
  const { divisor } = reference;
  if (signOfQuantity(divisor) === undefined || signOfQuantity(divisor) === 0) return;
  const choices: readonly string[] = resource.endsWith('.cpu') ? OF_CPU : OF_BYTES;
  const written = writtenAs(divisor);
  if ((isHuge || RESOURCES.some((one) => one === resource)) && !choices.includes(written))
    invalid(judgement, at.in('divisor'), divisor, `divisor ${quote(divisor)} of ${resource} is none of ${choices.join(', ')}`);
}

/** The text that the server makes of a quantity. */
function writtenAs(value: JsonValue | undefined): string {
  const quantity = parseQuantity(String(value).trim());
  return quantity === undefined ? '' : formatQuantity(quantity);
}
