import type { YamlNode } from './compose.ts';
import { Fault } from './fault.ts';
import { type Resolved, resolvePlain } from './resolve.ts';

const PREFIX = 'tag:yaml.org,2002:';
const CORE_TYPES = new Map<string, readonly string[]>([
  ['bool', ['boolean']],
  ['int', ['integer', 'unsigned']],
  ['float', ['float']],
  ['null', ['null']],
]);

/** What a scalar node is: by its tag where it has one, else by its text unless it is quoted or a block. Throws a Fault. */
export function resolveNode(node: YamlNode): Resolved {
  const { tag, value } = node;
  if (tag === '') return node.isImplicit ? resolvePlain(value) : { type: 'string', value };
  const name = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : '';
  if (name === 'binary') return { type: 'string', value: decodeBase64(node) };
  if (name === 'timestamp') {
    if (isTimestamp(value)) return { type: 'string', value };
    throw mismatch(node, name);
  }
  const allowed = CORE_TYPES.get(name);
  if (allowed === undefined) return { type: 'string', value };
  const resolved = resolvePlain(value);
  if (allowed.includes(resolved.type)) return resolved;
  if (name === 'float' && resolved.type === 'integer') return { type: 'float', value: Number(resolved.value) };
  throw mismatch(node, name);
}

function mismatch(node: YamlNode, name: string): Fault {
  return new Fault('invalid-value', `cannot read "${shorten(node.value)}" as !!${name}`, node.start, node.end);
}

export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(node: YamlNode): string {
  const text = node.value.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new Fault('invalid-value', '!!binary value contains invalid base64 data', node.start, node.end);
  }
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text.replace(/=+$/, '')) {
    bits = ((bits << 6) | BASE64.indexOf(character)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return goText(Uint8Array.from(bytes));
}

/** UTF-8 as Go's JSON writer takes it: every byte that begins no character becomes U+FFFD of its own. */
export function goText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decodeLoosely(bytes);
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  const parts: string[] = [];
  eachCharacter(bytes, (character) => parts.push(character) > 0);
  return parts.join('');
}

/** How many bytes give the first `units` UTF-16 units of `goText(bytes)`. */
export function goByteLength(bytes: Uint8Array, units: number): number {
  let left = units;
  return eachCharacter(bytes, (character) => {
    if (left <= 0) return false;
    left -= character.length;
    return true;
  });
}

/** Visits the characters of UTF-8 bytes until told to stop; gives the offset that it came to. */
function eachCharacter(bytes: Uint8Array, visit: (character: string) => boolean): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    let width = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let character = '\ufffd';
    try {
      character = decoder.decode(bytes.subarray(at, at + width));
    } catch {
      width = 1;
    }
    if (!visit(character)) return at;
    at += width;
  }
  return at;
}

const TIMESTAMP =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[+-]([0-9]{2}):([0-9]{2})))|(?: +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?))?$/;

/** The forms of a time that go-yaml tries; the ranges are those of Go's time.Parse, which lets a zone offset be 24:60. */
function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > days) return false;
  return Math.max(part(4), part(9)) < 24 && Math.max(part(5), part(10), part(6), part(11)) < 60 && part(7) <= 24 && part(8) <= 60;
}
