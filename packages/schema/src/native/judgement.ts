import { closest, type GroupVersionKind, type JsonValue, type Problem, toPointer } from '@plumbline/core';
import { isLeftToLater } from '../placeholder.ts';
import { quote, refuse, skip, type Verdict } from '../verdict.ts';
import type { Place } from './place.ts';

/** What the checks of the API server's own code know beside the value. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly gvk: GroupVersionKind;
  /** The Kubernetes minor; the checks are those of 1.37 with the known differences of earlier ones. */
  readonly minor: number;
  /** Values stay out of messages. */
  readonly hidesValues: boolean;
  /** A build that was not run may add fields to the object, so that nothing can be said to be missing. */
  readonly mayGainFields: boolean;
}

const LATER = 'the value has a variable that is filled in later';

/** A value that the server refuses: field.Invalid. A text with a variable that is filled in later is left alone. */
export function invalid(
  judgement: Judgement,
  place: Place,
  value: JsonValue | undefined,
  message: string,
  rule = 'schema/invalid',
  more: Partial<Problem> = {},
): void {
  if (typeof value === 'string' && isLeftToLater(value, judgement.verdict)) skip(judgement.verdict, rule, LATER);
  else report(judgement, place, message, rule, more);
}

/** A field that must be there: field.Required. `place` is the place of the field that is missing. */
export function missing(judgement: Judgement, place: Place, message: string, rule = 'schema/missing-required'): void {
  if (judgement.mayGainFields) skip(judgement.verdict, rule, 'a build that was not run may add the field');
  else report(judgement, place, message, rule, { part: 'key' });
}

/** A field that may not be there: field.Forbidden. */
export function forbidden(judgement: Judgement, place: Place, message: string, rule = 'schema/invalid'): void {
  report(judgement, place, message, rule, { part: 'key' });
}

/** A value that is none of the choices: field.NotSupported. */
export function unsupported(judgement: Judgement, place: Place, value: string, choices: readonly string[], what = 'the value'): void {
  const near = choices.find((one) => one.toLowerCase() === value.toLowerCase()) ?? closest(value, [...choices]);
  const isCase = near !== undefined && near.toLowerCase() === value.toLowerCase();
  const hint = near === undefined ? '' : `, did you mean "${near}"?`;
  const shown = judgement.hidesValues ? what : quote(value);
  invalid(judgement, place, value, `${shown} is none of ${choices.join(', ')}${hint}`, isCase ? 'schema/enum-case' : 'schema/invalid');
}

/** A value that may stand once only: field.Duplicate. */
export function duplicate(judgement: Judgement, place: Place, value: JsonValue, message: string, rule = 'schema/list-map-duplicate'): void {
  invalid(judgement, place, value, message, rule);
}

/** What the server admits with a warning. */
export function warn(judgement: Judgement, place: Place, message: string, rule: string, more: Partial<Problem> = {}): void {
  judgement.verdict.problems.push({ rule, path: place.path(), message, class: 'server-warning', severity: 'warning', ...more });
}

// What the schema said of a place already is not said again.
function report({ verdict }: Judgement, place: Place, message: string, rule: string, more: Partial<Problem>): void {
  const path = place.path();
  const pointer = toPointer(path);
  const isSaid = verdict.problems.some((one) => one.class === 'refusal' && toPointer(one.path ?? []) === pointer);
  if (!isSaid) refuse(verdict, rule, path, message, more);
}
