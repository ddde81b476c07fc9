import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { clash, takeBackRepetition } from './clash.ts';
import { checkEnvSource, ENV_SOURCES } from './env-sources.ts';
import { itemAt } from './items.ts';
import type { VolumeNames } from './volumes.ts';

/** env and envFrom of a container, and the server's warning of a name that is there twice: ValidateEnv, ValidateEnvFrom. */
export function checkEnv(container: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  if (has(container, 'env')) checkVariables(container, at, judgement, volumes);
  if (has(container, 'envFrom')) checkEnvFrom(container, at, judgement);
}

function checkVariables(container: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const variables = listIn(container, 'env');
  const seen = variables.length > 1 ? new Set<string>() : undefined;
  for (let index = 0; index < variables.length; index++) {
    const variable = itemAt(variables, index);
    if (variable === undefined) continue;
    const name = textIn(variable, 'name');
    if (name === '') checkThere(variable, 'name', at.in('env').in(index), judgement, 'the variable has no name');
    else if (!isVariableName(name, judgement.minor))
      invalid(judgement, at.in('env').in(index).in('name'), name, `${quote(name)} ${nameRule(judgement.minor)}`);
    if (has(variable, 'valueFrom')) checkValueFrom(variable, at.in('env').in(index), judgement, volumes);
    if (seen === undefined) continue;
    if (seen.has(name)) warnOfRepetition(variable, name, at.in('env').in(index), judgement);
    else seen.add(name);
  }
}

/** Printable ASCII but "=", since 1.32; before, what shells take, with dashes and dots. IsRelaxedEnvVarName, IsEnvVarName. */
function isVariableName(name: string, minor: number): boolean {
  if (minor < 32) return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) && name !== '.' && !name.startsWith('..');
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code < 32 || code > 126 || code === 61) return false;
  }
  return true;
}

function nameRule(minor: number): string {
  return minor < 32
    ? 'may have only letters, digits, "-", "_" and ".", and does not start with a digit or ".."'
    : 'may have only printable ASCII characters, and no "="';
}

function checkValueFrom(variable: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const from = objectIn(variable, 'valueFrom');
  if (from === undefined) return;
  const place = at.in('valueFrom');
  let first: string | undefined;
  for (const key of ENV_SOURCES) {
    // Files of variables came on in 1.35; until then the server drops them.
    if (!has(from, key) || (key === 'fileKeyRef' && judgement.minor < 35)) continue;
    if (first !== undefined)
      clash(judgement, place.in(key), undefined, `${key} and ${first} exclude each other: a variable has one source`);
    first ??= key;
    const source = objectIn(from, key);
    if (source !== undefined) checkEnvSource(key, source, place.in(key), judgement, volumes);
  }
  if (first === undefined) missing(judgement, place, `valueFrom names no source: ${ENV_SOURCES.join(', ')}`);
  else if (textIn(variable, 'value') !== '') clash(judgement, place, undefined, 'value and valueFrom exclude each other');
}

/** A later definition of a name that does not build on the earlier one. */
function warnOfRepetition(variable: JsonObject, name: string, place: Place, judgement: Judgement): void {
  const value = textIn(variable, 'value');
  const reference = `$(${name})`;
  if (!has(variable, 'valueFrom') && value !== reference && value.includes(reference)) return;
  takeBackRepetition(judgement, place);
  warn(
    judgement,
    place,
    `variable ${quote(name)} is there twice: this one hides the one before, and server-side apply refuses both`,
    'wl/duplicate-env',
  );
}

function checkEnvFrom(container: JsonObject, at: Place, judgement: Judgement): void {
  const sources = listIn(container, 'envFrom');
  for (let index = 0; index < sources.length; index++) {
    const source = itemAt(sources, index);
    if (source === undefined) continue;
    const prefix = textIn(source, 'prefix');
    const place = at.in('envFrom').in(index);
    if (prefix !== '' && !isVariableName(prefix, judgement.minor))
      invalid(judgement, place.in('prefix'), prefix, `prefix ${quote(prefix)} ${nameRule(judgement.minor)}`);
    const isMap = has(source, 'configMapRef');
    const isSecret = has(source, 'secretRef');
    if (isMap) checkWholeSource(source, 'configMapRef', place, judgement);
    if (isSecret) checkWholeSource(source, 'secretRef', place, judgement);
    if (isMap && isSecret) clash(judgement, place.in('secretRef'), undefined, 'secretRef and configMapRef exclude each other');
    else if (!isMap && !isSecret) missing(judgement, place.in('configMapRef'), 'the source has neither configMapRef nor secretRef');
  }
}

function checkWholeSource(source: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const reference = objectIn(source, key);
  if (reference === undefined) return;
  const name = textIn(reference, 'name');
  if (name === '') checkThere(reference, 'name', at.in(key), judgement, `${key} has no name`);
  // The server takes the name for the beginning of one, so that a dash at its end is in its place.
  const fault = name === '' ? undefined : nameFault(name.replace(/[\s\S]-$/, 'a'), 'subdomain');
  if (fault !== undefined) invalid(judgement, at.in(key).in('name'), name, `${key} ${quote(name)} ${fault}`);
}
