import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { flagIn, numberIn, objectIn, textIn } from '../values.ts';

const SYSTEM = 'system-';
const HIGHEST = 1_000_000_000;
/** The classes that every cluster has; they may be written, but not otherwise than they are. */
const KNOWN: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };

export function checkPriorityClass(object: JsonObject, judgement: Judgement): void {
  const name = textIn(objectIn(object, 'metadata'), 'name');
  const value = numberIn(object, 'value') ?? 0;
  if (name.startsWith(SYSTEM)) checkSystemClass(object, name, value, judgement);
  else if (value > HIGHEST)
    invalid(judgement, ROOT.in('value'), value, `value ${value} is more than ${HIGHEST}, the highest that is not the system's own`);
  checkChoice(object, 'preemptionPolicy', ['PreemptLowerPriority', 'Never'], ROOT, judgement);
}

function checkSystemClass(object: JsonObject, name: string, value: number, judgement: Judgement): void {
  const wanted = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  const place = ROOT.in('metadata').in('name');
  if (wanted === undefined)
    invalid(judgement, place, name, `names with ${quote(SYSTEM)} before them are the system's own`, 'meta/name-invalid');
  else if (value !== wanted) clash(judgement, place, name, `the value of ${name} is ${wanted}, not ${value}`);
  else if (flagIn(object, 'globalDefault') === true) clash(judgement, place, name, `${name} may not be the globalDefault`);
}
