import { type JsonValue, toPointer } from '@plumbline/core';
import { skip } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';

/** What the server refuses because of another field, which a build that was not run may still change. `value`: what stands at the place. */
export function clash(judgement: Judgement, place: Place, value: JsonValue | undefined, message: string, rule = 'schema/invalid'): void {
  if (judgement.mayGainFields)
    skip(judgement.verdict, rule, 'a build that was not run may change one of two fields that do not go together');
  else invalid(judgement, place, value, message, rule);
}

/** Whether a flag is true, or a variable stands in its place: any other text the schema refuses. */
export function mayBeTrue(flag: JsonValue | undefined): boolean {
  return flag === true || typeof flag === 'string';
}

/** A repetition that the schema found at an item, and that a rule of its own says better: the schema's word is taken back. */
export function takeBackRepetition({ verdict }: Judgement, item: Place): void {
  const pointer = toPointer(item.path());
  const index = verdict.problems.findIndex((one) => one.rule === 'schema/list-map-duplicate' && toPointer(one.path ?? []) === pointer);
  if (index >= 0) verdict.problems.splice(index, 1);
}
