import { Bytes } from '../value/bytes.ts';
import { CelError, isError } from '../value/cel-error.ts';
import { formatDouble, formatDuration, formatTimestamp } from '../value/format-value.ts';
import { List } from '../value/list.ts';
import { CelMap } from '../value/map.ts';
import { Double, isInt, UInt } from '../value/numbers.ts';
import { Duration, Timestamp } from '../value/time.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName, TypeValue } from '../value/type-value.ts';
import type { Value } from '../value/value.ts';

const CLAUSE = /%(?:%|(?:\.(\d*))?([\s\S]|$))/gu;

/** What a clause makes of a value; an error says why it cannot. */
export type Formatter = (value: Value, precision: number) => string | CelError;

/** Fills the clauses of `"%s has %d"` with values, in order. */
export function formatText(text: string, args: readonly Value[]): string | CelError {
  let problem: CelError | undefined;
  let index = 0;
  const filled = text.replace(CLAUSE, (clause: string, precision: string | undefined, verb: string | undefined) => {
    if (clause === '%%' || problem !== undefined) return '%';
    const value = args[index];
    if (value === undefined) problem = new CelError(`index ${index} out of range`);
    index += 1;
    if (value === undefined) return '';
    const result = clauseOf(verb ?? '', precision)(value, Number(precision ?? 6));
    if (!isError(result)) return result;
    problem = result;
    return '';
  });
  return problem ?? filled;
}

function clauseOf(verb: string, precision: string | undefined): Formatter {
  if (verb === '') return () => new CelError('unexpected end of string');
  if (precision === '')
    return () => failed('could not parse formatting clause: error while parsing precision: unable to find end of precision');
  const formatter = FORMATTERS[verb];
  return formatter ?? (() => failed(`could not parse formatting clause: unrecognized formatting clause "${verb}"`));
}

function failed(message: string): CelError {
  return new CelError(message);
}

function wrongType(clause: string, wanted: string, value: Value): CelError {
  return failed(`error during formatting: ${clause} clause can only be used on ${wanted}, was given ${runtimeName(typeOfValue(value))}`);
}

const FORMATTERS: Readonly<Record<string, Formatter | undefined>> = {
  s: (value) =>
    plain(value) ??
    failed(
      `error during formatting: string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ${runtimeName(typeOfValue(value))}`,
    ),
  d: (value) => whole(value, 10) ?? wrongType('decimal', 'integers', value),
  f: (value, precision) =>
    floating(value, (number) => grouped(number.toFixed(Math.min(precision, 100)))) ?? wrongType('fixed-point', 'doubles', value),
  e: (value, precision) => floating(value, (number) => powered(number, precision)) ?? wrongType('scientific', 'doubles', value),
  b: (value) =>
    typeof value === 'boolean'
      ? String(Number(value))
      : (whole(value, 2) ?? wrongType('only integers and bools can be formatted as binary; binary', 'integers and bools', value)),
  o: (value) => whole(value, 8) ?? wrongType('octal', 'integers', value),
  x: (value) => hexadecimal(value) ?? wrongType('hex', 'integers, byte buffers, and strings', value),
  X: (value) => hexadecimal(value)?.toUpperCase() ?? wrongType('hex', 'integers, byte buffers, and strings', value),
};

function whole(value: Value, base: number): string | undefined {
  if (isInt(value)) return value.toString(base);
  return value instanceof UInt ? value.value.toString(base) : undefined;
}

function hexadecimal(value: Value): string | undefined {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Bytes ? value.bytes : undefined;
  if (bytes === undefined) return whole(value, 16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function floating(value: Value, format: (number: number) => string): string | undefined {
  const special: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity };
  const number = value instanceof Double ? value.value : typeof value === 'string' ? special[value] : undefined;
  if (number === undefined) return undefined;
  if (Number.isNaN(number)) return 'NaN';
  // The server formats numbers as English has them.
  return Number.isFinite(number) ? format(number) : number > 0 ? '∞' : '-∞';
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.234000 × 10⁰³` */
function powered(number: number, precision: number): string {
  const [digits = '', exponent = '0'] = number.toExponential(Math.min(precision, 100)).split('e');
  const power = Math.abs(Number(exponent)).toString().padStart(2, '0');
  const raised = Array.from(power, (digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
  return `${digits}\u2009×\u200910${Number(exponent) < 0 ? '⁻' : ''}${raised}`;
}

/** `%s` */
function plain(value: Value): string | CelError | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (typeof value === 'boolean' || isInt(value)) return String(value);
  if (value instanceof UInt) return String(value.value);
  if (value instanceof Double) return formatDouble(value.value);
  if (value instanceof Bytes) return new TextDecoder().decode(value.bytes);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof List) return listText(value);
  return value instanceof CelMap ? mapText(value) : undefined;
}

/** A value within a list or map: texts in quotes, doubles with six digits. */
function nested(value: Value): string | CelError {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Bytes) return `b${JSON.stringify(new TextDecoder().decode(value.bytes))}`;
  if (value instanceof Double) {
    if (Number.isFinite(value.value)) return value.value.toFixed(6);
    return JSON.stringify(formatDouble(value.value));
  }
  if (value instanceof Timestamp) return `timestamp("${formatTimestamp(value)}")`;
  if (value instanceof Duration) return `duration("${formatDuration(value)}")`;
  return plain(value) ?? failed(`no formatting function for ${runtimeName(typeOfValue(value))}`);
}

function listText(list: List): string | CelError {
  const parts: string[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list.at(index);
    const text = isError(item) ? item : nested(item);
    if (isError(text)) return text;
    parts.push(text);
  }
  return `[${parts.join(', ')}]`;
}

function mapText(map: CelMap): string | CelError {
  const parts: (readonly [string, string])[] = [];
  for (const key of map.keys()) {
    const value = map.find(key) ?? null;
    const name = nested(key);
    const text = isError(value) ? value : nested(value);
    if (isError(name)) return name;
    if (isError(text)) return text;
    parts.push([name, text]);
  }
  parts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${parts.map(([name, text]) => `${name}:${text}`).join(', ')}}`;
}
