// Formats of strings in definitions, as the server judges them: kube-openapi's strfmt, which takes much that the names would not suggest.

import { byteLength } from './scalar.ts';

/** Go's net.ParseIP; a part of an IPv4 address may have leading zeros (ParseIPSloppy). */
function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,8}$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!/^[0-9A-Fa-f:.]*$/.test(text) || !text.includes(':')) return false;
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (last.includes('.') && !isIpv4(last)) return false;
  // The four bytes of an IPv4 address at the end are two of the eight groups.
  const plain = last.includes('.') ? `${text.slice(0, -last.length)}0:0` : text;
  const [head = '', tail, ...more] = plain.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return tail === undefined ? groups.length === 8 : groups.length < 8;
}

function isCidr(text: string): boolean {
  const [, address = '', length = ''] = /^([^/]*)\/(\d{1,8})$/.exec(text) ?? [];
  return (isIpv4(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}

const MACS = [6, 8, 20].flatMap((bytes) => [
  new RegExp(`^[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\\1){${bytes - 2}}[0-9A-Fa-f]{2}$`),
  new RegExp(`^[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){${bytes / 2 - 1}}$`),
]);

function isMac(text: string): boolean {
  return MACS.some((mac) => mac.test(text));
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  // A month goes to its day 0, the last of the one before; a year below 100 would be one of the twentieth century.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t');
  // The point before the fraction may be any character.
  const match = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/.exec(time);
  return isDate(date) && match !== null && Number(match[1]) <= 23 && Number(match[2]) <= 59 && Number(match[3]) <= 59;
}

const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const UNIT = /^(?:ns|us|µs|ms|[smhdw]|hr|wk|sec|min|hour|day|week|nano|micro|milli)$|^(?:nano|micro|milli|sec|min|hour|day|week)/i;

/** Go's duration, or Scala's: a number with a unit somewhere in the text. */
function isDuration(text: string): boolean {
  return GO_DURATION.test(text) || [...text.matchAll(/\d+\s*([A-Za-zµ]+)/g)].some((match) => UNIT.test(match[1] ?? ''));
}

/** The sets of letters and signs take a millisecond to make: they are made where a definition asks for them. */
function isHostname(text: string): boolean {
  const expression =
    /^(?:[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?|(?:[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z\p{L}]{2,63})$/u;
  return expression.test(text) && byteLength(text) <= 255;
}

const BYTE = '(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])';

type Test = (text: string) => boolean;
const matches =
  (expression: RegExp): Test =>
  (text) =>
    expression.test(text);
/** A format that the server knows; what is not certain here is left to it. */
const unjudged: Test = () => true;

const FORMATS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['bsonobjectid', matches(/^[0-9A-Fa-f]{24}$/)],
  // What url.ParseRequestURI refuses for certain: neither an absolute path nor a scheme.
  ['uri', matches(/^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/)],
  ['email', matches(/@/)],
  ['hostname', isHostname],
  ['ipv4', (text) => text.includes('.') && (isIpv4(text) || isIpv6(text))],
  ['ipv6', isIpv6],
  ['cidr', isCidr],
  ['mac', isMac],
  ['uuid', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ['uuid3', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ['uuid4', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
  ['uuid5', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
  ['isbn', unjudged],
  ['isbn10', unjudged],
  ['isbn13', unjudged],
  ['creditcard', unjudged],
  ['ssn', matches(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/)],
  ['hexcolor', matches(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ['rgbcolor', matches(new RegExp(`^rgb\\([\\t\\n\\f\\r ]*${BYTE}(?:[\\t\\n\\f\\r ]*,[\\t\\n\\f\\r ]*${BYTE}){2}[\\t\\n\\f\\r ]*\\)$`))],
  ['byte', matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/)],
  ['password', unjudged],
  ['date', isDate],
  ['duration', isDuration],
  ['datetime', isDateTime],
]);

// The server leaves the dashes out of the name before it looks it up.
const testOf = (format: string): Test | undefined => FORMATS.get(format.replaceAll('-', ''));

/** Whether every server knows the format of a string; those that it does not know say nothing. */
export function isKnownFormat(format: string): boolean {
  return testOf(format) !== undefined;
}

/** Whether a text has the format; true of an unknown one. */
export function hasFormat(text: string, format: string): boolean {
  return testOf(format)?.(text) ?? true;
}
