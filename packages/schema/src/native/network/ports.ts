import type { JsonObject } from '@plumbline/core';
import { keyFault, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isPortNumber, portNameFault } from '../pod/port-names.ts';
import { has, numberIn, textIn } from '../values.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

/** A number of a port; one that is absent is 0 and said by the schema. */
export function checkPort(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const port = numberIn(object, key);
  if (port !== undefined && !isPortNumber(port)) invalid(judgement, at.in(key), port, `${key} ${port} is not between 1 and 65535`);
}

/** A port by number or by name. `zeroIs`: 0 and the empty text count as absent where the server fills something in. */
export function checkPortOrName(object: JsonObject, key: string, at: Place, judgement: Judgement, zeroIs: 'absent' | 'wrong'): void {
  const value = object[key];
  if (typeof value === 'string') {
    if (value === '' && zeroIs === 'absent') return;
    const fault = portNameFault(value);
    if (fault === undefined) return;
    const hint = /^\d+$/.test(value) ? ': a number is written without quotes' : '';
    invalid(judgement, at.in(key), value, `${key} ${quote(value)} is no name of a port, it ${fault}${hint}`);
  } else if (value !== 0 || zeroIs === 'wrong') checkPort(object, key, at, judgement);
}

/** `emptyIs`: whether the server fills TCP in for an empty text. */
export function checkProtocol(object: JsonObject, at: Place, judgement: Judgement, emptyIs: 'absent' | 'wrong' = 'absent'): void {
  checkChoice(object, 'protocol', PROTOCOLS, at, judgement, emptyIs);
}

/** A protocol of the application: `http`, `example.com/protocol`. */
export function checkAppProtocol(object: JsonObject, at: Place, judgement: Judgement): void {
  if (!has(object, 'appProtocol') || typeof object.appProtocol !== 'string') return;
  checkQualified(object, 'appProtocol', at, judgement);
}

/** A text of the form of a label's key. */
export function checkQualified(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const text = textIn(object, key);
  const fault = keyFault(text);
  if (fault !== undefined) invalid(judgement, at.in(key), text, `${key} ${quote(text)} ${fault}`);
}

/** The name of a port of a Service or of endpoints: a label. */
export function checkPortLabel(name: string, at: Place, judgement: Judgement, rule = 'schema/invalid'): void {
  const fault = nameFault(name, 'label');
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `name ${quote(name)} of a port ${fault}`, rule);
}
