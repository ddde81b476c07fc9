import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { listIn, textIn } from '../values.ts';
import { textsIn } from './texts.ts';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_IDENTIFIER = 32;

/** A list that may have so many items at most; false where there are more, and nothing else is said of it. */
export function isWithin(object: JsonObject, key: string, most: number, at: Place, judgement: Judgement): boolean {
  const count = listIn(object, key).length;
  if (count <= most) return true;
  invalid(judgement, at.in(key), object[key], `${count} ${key} are more than ${most}`);
  return false;
}

/** The name of an attribute or a capacity: an identifier, with a domain before it where it is not the driver's own. */
export function qualifiedFault(name: string): string | undefined {
  const parts = name.split('/');
  // The server does not look into what has more.
  if (parts.length > 2) return undefined;
  if (parts.length === 2) {
    const domain = parts[0] ?? '';
    const fault = domain === '' ? 'is empty' : nameFault(domain.toLowerCase(), 'subdomain', 63);
    if (fault !== undefined) return `has a domain that ${fault}`;
  }
  const own = parts.at(-1) ?? '';
  if (own.length > LONGEST_IDENTIFIER) return `has a name longer than ${LONGEST_IDENTIFIER} characters`;
  return IDENTIFIER.test(own) ? undefined : 'has a name that is no identifier: letters, digits and "_"';
}

/** The same, with a domain in any case. */
export function checkFullName(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const name = object[key];
  if (typeof name !== 'string') return;
  const fault = qualifiedFault(name) ?? (name.includes('/') ? undefined : 'has no domain before it, as in example.com/name');
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

/** A pool is often called after a node; its name may have parts with "/" between. */
export function checkPoolName(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  if (lacks(object, key)) missing(judgement, at.in(key), `${key} of the pool is missing`);
  const name = textIn(object, key);
  if (name === '') return;
  const faults = name.split('/').map((part) => nameFault(part, 'subdomain'));
  const fault = name.length > 253 ? 'is longer than 253 characters' : faults.find((one) => one !== undefined);
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} of the pool ${fault}`);
}

/** Texts of which each may be there once only. */
export function checkDifferent(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const seen = new Set<string>();
  for (const [text, index] of textsIn(object, key)) {
    if (seen.has(text)) duplicate(judgement, at.in(key).in(index), text, `${quote(text)} is in ${key} twice`);
    seen.add(text);
  }
}
