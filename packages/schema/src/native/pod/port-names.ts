import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { respelt } from './mend.ts';

/** What is wrong with the name of a port: IsValidPortName. */
export function portNameFault(name: string): string | undefined {
  if (name.length > 15) return 'is longer than 15 characters';
  let hasLetter = false;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code >= 97 && code <= 122) hasLetter = true;
    else if (code === 45) {
      if (index === 0 || index === name.length - 1) return 'may not start or end with "-"';
      if (name.charCodeAt(index - 1) === 45) return 'may not have "--"';
    } else if (code < 48 || code > 57) return 'may have only lower case letters, digits and "-"';
  }
  return hasLetter ? undefined : 'needs at least one letter';
}

/** A number that a port may have. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** The port of a handler: its number, or the name of one of the container's. ValidatePortNumOrName. */
export function checkPortReference(port: unknown, place: Place, judgement: Judgement): void {
  if (typeof port === 'number' || typeof port === 'bigint') {
    if (!isPortNumber(Number(port))) invalid(judgement, place, port, `port ${port} is not between 1 and 65535`);
  } else if (typeof port === 'string') {
    const fault = portNameFault(port);
    if (fault === undefined) return;
    const isNumber = /^[1-9]\d{0,4}$/.test(port) && isPortNumber(Number(port));
    const hint = isNumber ? '; a number is written without quotes' : '';
    const mend = isNumber ? respelt(place, port, Number(port), 'remove the quotes') : {};
    invalid(judgement, place, port, `port name ${quote(port)} ${fault}${hint}`, 'wl/port-name', mend);
  }
}
