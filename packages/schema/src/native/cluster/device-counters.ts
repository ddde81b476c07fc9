import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkName, checkThere } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { isWithin } from './device-names.ts';

const MOST_COUNTERS = 32;

/** Sets of counters that a slice has or a device takes of; `nameKey` says which set it is. `at`: of the object that has the list. */
export function checkCounterSets(owner: JsonObject, key: string, nameKey: string, most: number, at: Place, judgement: Judgement): void {
  if (!isWithin(owner, key, most, at, judgement)) return;
  const names = new Set<string>();
  for (const [set, index] of objectsIn(owner, key)) {
    const place = at.in(key).in(index);
    checkThere(set, nameKey, place, judgement, `${nameKey} is missing`);
    checkName(set, nameKey, 'label', place, judgement);
    checkCounters(set, place, judgement);
    const name = textIn(set, nameKey);
    if (names.has(name)) duplicate(judgement, place, name, `another one has the ${nameKey} "${name}" already`);
    names.add(name);
  }
}

function checkCounters(set: JsonObject, at: Place, judgement: Judgement): void {
  const counters = objectIn(set, 'counters');
  const names = Object.keys(counters ?? {});
  if (names.length === 0) {
    if (counters !== undefined || !has(set, 'counters')) missing(judgement, at.in('counters'), 'counters is missing');
    return;
  }
  if (names.length > MOST_COUNTERS)
    invalid(judgement, at.in('counters'), counters, `${names.length} counters are more than ${MOST_COUNTERS}`);
  for (const name of names) {
    const fault = nameFault(name, 'label');
    if (fault !== undefined)
      invalid(judgement, at.in('counters').in(name), name, `counter ${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
  }
}
