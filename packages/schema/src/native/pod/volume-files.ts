import type { JsonObject } from '@plumbline/core';
import { checkFilePath } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectsIn } from '../values.ts';
import { checkFileReference } from './downward-api.ts';

// The files that ConfigMaps, Secrets and the downward API become in a volume.

/** Permissions of files: four octal digits, which YAML 1.1 reads with a leading zero. */
export function checkMode(source: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const mode = source[key];
  if (typeof mode !== 'number' || (mode >= 0 && mode <= 0o777)) return;
  const octal =
    mode > 0o777 && mode <= 777 && /^[0-7]{3}$/.test(String(mode)) ? `: it is decimal, write 0${mode} for the octal digits` : '';
  invalid(judgement, at.in(key), mode, `${key} ${mode} is not between 0 and 0777 (octal, 511 in decimal)${octal}`);
}

/** Keys and the files they become. */
export function checkItems(source: JsonObject, at: Place, judgement: Judgement): void {
  if (!has(source, 'items')) return;
  for (const [item, index] of objectsIn(source, 'items')) {
    const place = at.in('items').in(index);
    checkFilePath(item, 'path', place, judgement);
    checkMode(item, 'mode', place, judgement);
  }
}

/** Files that show what the pod says of itself. */
export function checkDownwardFiles(source: JsonObject, at: Place, judgement: Judgement): void {
  for (const [item, index] of objectsIn(source, 'items')) {
    const place = at.in('items').in(index);
    checkFilePath(item, 'path', place, judgement);
    checkMode(item, 'mode', place, judgement);
    checkFileReference(item, place, judgement);
  }
}
