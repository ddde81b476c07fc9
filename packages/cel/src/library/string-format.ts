import type { CelType } from '../types/type.ts';
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

/** Fills the clauses of `"%s has %d"` with values, in order. */
export function formatText(text: string, args: readonly Value[]): string | CelError {
  let problem: CelError | undefined;
  const filled = eachClause(text, (index, found, precision) => {
    const value = args[index];
    if (problem !== undefined) return '';
    if (isError(found)) problem = found;
    else if (value === undefined) problem = new CelError(`index ${index} out of range`);
    else {
      const result = found.format(value, precision) ?? refused(found.rule, runtimeName(typeOfValue(value)));
      if (!isError(result)) return result;
      problem = result;
    }
    return '';
  });
  return problem ?? filled;
}

/** Calls back for each clause of a text, in order, and puts what comes back in its place. */
function eachClause(text: string, replace: (index: number, found: Clause | CelError, precision: number) => string): string {
  let index = -1;
  return text.replace(CLAUSE, (whole: string, precision: string | undefined, verb: string | undefined) => {
    if (whole === '%%') return '%';
    index += 1;
    return replace(index, clauseOf(verb ?? '', precision), Number(precision ?? 6));
  });
}

function clauseOf(verb: string, precision: string | undefined): Clause | CelError {
  if (verb === '') return failed('unexpected end of string');
  const problem = 'could not parse formatting clause: ';
  if (precision === '')
    return failed(
      `${problem}error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax`,
    );
  return CLAUSES[verb] ?? failed(`${problem}unrecognized formatting clause "${verb}"`);
}

/** What is wrong with a format and the types of its arguments, and which argument it is, where it is one; undefined where nothing is. */
export function formatFault(
  text: string,
  types: readonly CelType[],
): { readonly message: string; readonly argument: number | undefined } | undefined {
  let fault: { readonly message: string; readonly argument: number | undefined } | undefined;
  let count = 0;
  eachClause(text, (index, found) => {
    count = index + 1;
    const type = types[index];
    if (isError(found)) fault ??= { message: found.message, argument: undefined };
    else if (type === undefined) fault ??= { message: `index ${index} out of range`, argument: undefined };
    else if (type.kind !== 'dyn' && !found.kinds.has(type.kind))
      fault ??= { message: refused(found.rule, runtimeName(type)).message, argument: index };
    return '';
  });
  if (fault !== undefined || types.length <= count) return fault;
  return { message: `too many arguments supplied to string.format (expected ${count}, got ${types.length})`, argument: undefined };
}

function failed(message: string): CelError {
  return new CelError(message);
}

function refused(rule: string, given: string): CelError {
  return failed(`error during formatting: ${rule}, was given ${given}`);
}

interface Clause {
  /** What the server says of other values. */
  readonly rule: string;
  /** The types that it lets pass before anything is evaluated. */
  readonly kinds: ReadonlySet<string>;
  readonly format: (value: Value, precision: number) => string | CelError | undefined;
}

function clause(rule: string, kinds: string, format: Clause['format']): Clause {
  return { rule, kinds: new Set(kinds.split(' ')), format };
}

const hex = 'only integers, byte buffers, and strings can be formatted as hex';
const hexKinds = 'int uint string bytes';

const CLAUSES: Readonly<Record<string, Clause | undefined>> = {
  s: clause(
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
    'list map int uint double bool string timestamp bytes duration type null',
    plain,
  ),
  d: clause('decimal clause can only be used on integers', 'int uint', (value) => whole(value, 10)),
  f: clause('fixed-point clause can only be used on doubles', 'double string', (value, precision) =>
    floating(value, (number) => grouped(fixedDigits(number, precision))),
  ),
  e: clause('scientific clause can only be used on doubles', 'double string', (value, precision) =>
    // The server's library keeps six digits whatever is asked for, and pads what is no number.
    floating(value, powered)?.replace(/^(?:NaN|-?∞)$/, (text) => text.padStart(precision)),
  ),
  b: clause('only integers and bools can be formatted as binary', 'int uint bool', (value) =>
    typeof value === 'boolean' ? String(Number(value)) : whole(value, 2),
  ),
  o: clause('octal clause can only be used on integers', 'int uint', (value) => whole(value, 8)),
  x: clause(hex, hexKinds, hexadecimal),
  X: clause(hex, hexKinds, (value) => hexadecimal(value)?.toUpperCase()),
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

/** Exactly so many digits after the point, halves to the even one. */
function fixedDigits(number: number, precision: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(number));
  const raw = bits.getBigUint64(0);
  const exponent = Number(raw >> 52n);
  const mantissa = exponent === 0 ? raw : (raw & ((1n << 52n) - 1n)) | (1n << 52n);
  const power = Math.max(exponent, 1) - 1075;
  const scaled = mantissa * 10n ** BigInt(precision);
  const digits = power >= 0 ? scaled << BigInt(power) : halved(scaled, BigInt(-power));
  const text = digits.toString().padStart(precision + 1, '0');
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  return precision === 0 ? sign + text : `${sign}${text.slice(0, -precision)}.${text.slice(-precision)}`;
}

function halved(value: bigint, bits: bigint): bigint {
  const whole = value >> bits;
  const rest = value - (whole << bits);
  const half = 1n << (bits - 1n);
  return rest > half || (rest === half && whole % 2n === 1n) ? whole + 1n : whole;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.234000×10⁰³` */
function powered(number: number): string {
  const [digits = '', exponent = '0'] = number.toExponential(6).split('e');
  const power = Math.abs(Number(exponent)).toString().padStart(2, '0');
  const raised = Array.from(power, (digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
  return `${digits}×10${Number(exponent) < 0 ? '⁻' : ''}${raised}`;
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
  return plain(value) ?? failed(`error during formatting: no formatting function for ${runtimeName(typeOfValue(value))}`);
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
