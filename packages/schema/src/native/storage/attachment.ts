import type { JsonObject } from '@plumbline/core';
import { checkDriver, checkName, conflict } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { has, objectIn } from '../values.ts';
import { checkInlineVolumeSpec } from './volume-spec.ts';

export function checkVolumeAttachment(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkDriver(spec, 'attacher', at, judgement);
  checkName(spec, 'nodeName', 'subdomain', at, judgement);
  const source = objectIn(spec, 'source');
  if (source === undefined) return;
  const place = at.in('source');
  const isInline = has(source, 'inlineVolumeSpec');
  if (!has(source, 'persistentVolumeName')) {
    if (!isInline) missing(judgement, place.in('persistentVolumeName'), 'persistentVolumeName or inlineVolumeSpec is missing');
  } else if (isInline) conflict(judgement, place.in('inlineVolumeSpec'), 'inlineVolumeSpec and persistentVolumeName exclude each other');
  if (source.persistentVolumeName === '') missing(judgement, place.in('persistentVolumeName'), 'persistentVolumeName is empty');
  checkName(source, 'persistentVolumeName', 'subdomain', place, judgement);
  const inline = objectIn(source, 'inlineVolumeSpec');
  if (inline !== undefined && !has(source, 'persistentVolumeName')) checkInlineVolumeSpec(inline, place.in('inlineVolumeSpec'), judgement);
}
