import { type JsonValue, readLenient } from '@plumbline/core';
import { type Node, Style, Tag } from './node.ts';
import { refold } from './refold.ts';

// What a scalar means to go-yaml 3, which kustomize reads and writes its inputs with: YAML 1.2's booleans, YAML 1.1's octals.

const WORDS = new Map<string, JsonValue>([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
]);
const NO_NUMBERS = /^(?:\.nan|\.NaN|\.NAN|[-+]?\.inf|[-+]?\.Inf|[-+]?\.INF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's float syntax behind a leading dot. */
const DOTTED = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

export interface Resolved {
  readonly tag: string;
  readonly value: JsonValue;
}

/** A value that JSON cannot have, or a tag that its text does not fit. */
export class ScalarError extends Error {}

/** What a plain text is. */
export function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return { tag: word === null ? Tag.null : Tag.boolean, value: word };
  if (text === '<<') return { tag: Tag.merge, value: text };
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (!isDigit && first !== 43 && first !== 45 && first !== 46) return { tag: Tag.string, value: text };
  if (NO_NUMBERS.test(text)) return { tag: Tag.float, value: Number.NaN };
  if (first === 46) {
    return DOTTED.test(text) ? { tag: Tag.float, value: Number(text.replaceAll('_', '')) } : { tag: Tag.string, value: text };
  }
  if (isDigit && text.charCodeAt(4) === 45) {
    const time = timeOf(text);
    if (time !== undefined) return { tag: Tag.timestamp, value: time };
  }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = integerOf(plain);
  if (integer !== undefined) return { tag: Tag.integer, value: integer };
  if (FLOAT.test(plain)) {
    const value = Number(plain);
    if (Number.isFinite(value)) return { tag: Tag.float, value };
  }
  return { tag: Tag.string, value: text };
}

function integerOf(text: string): JsonValue | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = ''] = match;
  if (digits.length <= 15 && digits[0] !== '0') return Number(sign === '-' ? `-${digits}` : digits);
  if (digits.length > 70) return undefined;
  const isOctal = digits.length > 1 && digits[0] === '0' && digits[1] !== undefined && digits[1] >= '0' && digits[1] <= '7';
  const magnitude = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const exact = sign === '-' ? -magnitude : magnitude;
  if (exact < MIN_INT64 || exact > (sign === '' ? MAX_UINT64 : MAX_INT64)) return undefined;
  return exact >= -9007199254740991n && exact <= 9007199254740991n ? Number(exact) : exact;
}

const TIME =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2}))|(?: +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?))?$/;

/** A time without quotes becomes the text that Go writes times as. */
function timeOf(text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0');
  const [, year = '', month, day] = match;
  const [hour, minute, second, fraction] = match[4] === undefined ? match.slice(9, 13) : match.slice(4, 8);
  const date = `${year}-${two(month)}-${two(day)}`;
  const check = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(check.getTime()) || check.toISOString().slice(0, 10) !== date) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  const rest = (fraction ?? '').slice(0, 9).replace(/0+$/, '');
  const zone = match[8] === undefined || match[8] === '+00:00' || match[8] === '-00:00' ? 'Z' : match[8];
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${rest === '' ? '' : `.${rest}`}${zone}`;
}

/** The JSON value of a scalar as kustomize writes it and reads it back. */
export function jsonOf(node: Node): JsonValue {
  const { tag, value, style } = node;
  const isQuoted = style !== Style.plain;
  if (style === Style.folded && tag === Tag.string) return refold(value);
  if (tag === Tag.string || (tag === Tag.none && (isQuoted || value.includes('\n')))) return value;
  if (tag === Tag.none) return finite(resolvePlain(value));
  if (tag === Tag.binary) return decodeBase64(value);
  const known = tag === Tag.integer || tag === Tag.float || tag === Tag.boolean || tag === Tag.null || tag === Tag.timestamp;
  if (!known) return value;
  const resolved = resolvePlain(value);
  if (resolved.tag === tag) return isQuoted ? value : finite(resolved);
  if (tag === Tag.float && resolved.tag === Tag.integer) return resolved.value;
  throw new ScalarError(`this text cannot be read as ${tag}`);
}

function finite({ value }: Resolved): JsonValue {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ScalarError('this is a number that JSON cannot hold; quote it to keep it as text');
  return value;
}

function decodeBase64(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/[\r\n]/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ScalarError('a !!binary value is not base64');
  }
}

/** Whether YAML 1.1 reads the text as something else than a string: kustomize quotes such a text. */
export function isNoStringInYaml11(text: string): boolean {
  if (text === '' || text.includes('\n')) return false;
  // A plain text that begins with a letter is a string or a word, unless it holds a mapping or a comment.
  if (/^[A-Za-z]/.test(text) && !/:(?:\s|$)|\s#/.test(text)) return YAML_11_WORDS.test(text);
  const read = readLenient(text);
  return 'value' in read && typeof read.value !== 'string';
}

const YAML_11_WORDS = /^(?:y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE|null|Null|NULL)$/;
