import { isArray, type JsonObject, type JsonValue, toPointer } from '@plumbline/core';
import { keyFault, labelValueFault, type NameForm, nameFault } from '../names.ts';
import { quote, skip } from '../verdict.ts';
import { forbidden, invalid, type Judgement, missing, unsupported } from './judgement.ts';
import type { Place } from './place.ts';
import { numberIn, textIn } from './values.ts';

// Checks of one member, where the object stands at `at`: nothing is made while all is well.

/** Whether a member is absent or empty. One of a wrong type is neither: the schema says so, or a variable stands there. */
export function lacks(object: JsonObject, key: string): boolean {
  const value = object[key];
  return value === undefined || value === null || value === '' || (isArray(value) && value.length === 0) || typeof value === 'function';
}

/** A text that the server wants, not empty. */
export function checkThere(object: JsonObject, key: string, at: Place, judgement: Judgement, message: string): void {
  if (!lacks(object, key)) return;
  takeBackAdvice(judgement, at.in(key));
  missing(judgement, at.in(key), message);
}

/** The schema's advice about a field that servers tolerate here and there is not said beside a refusal. */
function takeBackAdvice({ verdict }: Judgement, place: Place): void {
  const pointer = toPointer(place.path());
  const index = verdict.problems.findIndex((one) => one.class === 'quality' && toPointer(one.path ?? []) === pointer);
  if (index >= 0) verdict.problems.splice(index, 1);
}

/** The form of a name, where there is one. */
export function checkName(object: JsonObject, key: string, form: NameForm, at: Place, judgement: Judgement, longest?: number): void {
  const name = textIn(object, key);
  if (name === '') return;
  const fault = nameFault(name, form, longest);
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

/** The key of a label, which may not be empty. */
export function checkLabelKey(key: string, place: Place, judgement: Judgement, what = 'label key'): void {
  const fault = keyFault(key);
  if (fault !== undefined) invalid(judgement, place, key, `${what} ${quote(key)} ${fault}`, 'meta/label-invalid');
}

export function checkLabelValue(value: string, place: Place, judgement: Judgement, what = 'value'): void {
  const fault = labelValueFault(value);
  if (fault !== undefined) invalid(judgement, place, value, `${what} ${quote(value)} ${fault}`, 'meta/label-invalid');
}

/** One of fixed words. `emptyIs`: an empty text counts as absent, as where the server fills a default in. */
export function checkChoice(
  object: JsonObject,
  key: string,
  choices: readonly string[],
  at: Place,
  judgement: Judgement,
  emptyIs: 'absent' | 'wrong' = 'wrong',
): void {
  const value = object[key];
  if (typeof value !== 'string' || choices.includes(value) || (value === '' && emptyIs === 'absent')) return;
  unsupported(judgement, at.in(key), value, choices, key);
}

/** A number within bounds, both inclusive, where there is one. */
export function checkRange(object: JsonObject, key: string, least: number, most: number, at: Place, judgement: Judgement): void {
  const value = numberIn(object, key);
  if (value === undefined || (value >= least && value <= most)) return;
  const bounds = most === Number.POSITIVE_INFINITY ? `less than ${least}` : `not between ${least} and ${most}`;
  invalid(judgement, at.in(key), value, `${key} ${value} is ${bounds}`);
}

/** The identity of a user or a group. */
export function checkIdentity(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkRange(object, key, 0, 2147483647, at, judgement);
}

/** A path that stays below the folder it is relative to. */
export function checkDescendingPath(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const path = textIn(object, key);
  if (path.startsWith('/')) invalid(judgement, at.in(key), path, `${key} ${quote(path)} may not start with "/", it is relative`);
  else checkNoBacksteps(object, key, at, judgement);
}

/** A path of a file that a volume makes: relative, and of no name that the kubelet keeps for itself. */
export function checkFilePath(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const path = textIn(object, key);
  if (path.startsWith('..') && !path.startsWith('../') && path !== '..')
    invalid(judgement, at.in(key), path, `${key} ${quote(path)} may not start with ".."`);
  else checkDescendingPath(object, key, at, judgement);
}

export function checkNoBacksteps(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const path = textIn(object, key);
  if (path.includes('..') && path.split('/').includes('..'))
    invalid(judgement, at.in(key), path, `${key} ${quote(path)} may not have ".." in it`);
}

/** The name of a CSI driver, which may not be empty. */
export function checkDriver(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  if (lacks(object, key)) {
    missing(judgement, at.in(key), `${key} names no CSI driver`);
    return;
  }
  const name = textIn(object, key);
  const fault = name === '' ? undefined : nameFault(name.toLowerCase(), 'subdomain', 63);
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

/** What does not go together with another field; a build that was not run may still change either. `value`: the one that is wrong, where it is a value and not the field itself. */
export function conflict(judgement: Judgement, place: Place, message: string, value?: JsonValue): void {
  const rule = 'schema/invalid';
  if (judgement.mayGainFields)
    skip(judgement.verdict, rule, 'a build that was not run may change one of two fields that do not go together');
  else if (value === undefined) forbidden(judgement, place, message, rule);
  else invalid(judgement, place, value, message, rule);
}
