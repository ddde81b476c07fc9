import { hexValue } from './characters.ts';
import { resolvePlain } from './resolve.ts';

/** Thrown, without a stack, where the fast reader meets what it does not cover: the full reader then reads the document. */
export const BAIL = Object.freeze({ reason: 'not covered by the fast reader' });

/** What a plain scalar's or key's first character says: 1 it cannot begin one here, 2 the text may be something else than a string. */
export const FIRST = new Uint8Array(128);
for (const character of '\t\n -?:,[]{}#&*!|>\'"%@`') FIRST[character.charCodeAt(0)] = 1;
for (const character of '0123456789+.~yYnNtTfFoO') FIRST[character.charCodeAt(0)] = 2;

const SHORT_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const LONGEST_WORD = 5;

/** A plain scalar's value; `first` is its first character. */
export function plainScalar(text: string, first: number): string | number | bigint | boolean | null {
  if (first >= 128 || (FIRST[first] !== 2 && first !== 45)) return text;
  if (first > 58) {
    if (text.length > LONGEST_WORD) return text;
  } else if (SHORT_INTEGER.test(text)) return Number(text);
  const { value } = resolvePlain(text);
  if (typeof value === 'number' && !Number.isFinite(value)) throw BAIL;
  return value;
}

/** The name of a plain key: booleans (`on`) and integers are named by their value. Others that are no strings, and merges, are left to the full reader. */
export function keyName(text: string, first: number): string {
  if (first === 60 && text === '<<') throw BAIL;
  if (first >= 128 || FIRST[first] !== 2) return text;
  if (first > 58 && text.length > LONGEST_WORD) return text;
  const { type, value } = resolvePlain(text);
  if (type !== 'string' && type !== 'boolean' && type !== 'integer') throw BAIL;
  return String(value);
}

/** A scalar that was read, and where it ends; one object is used over and over. */
export interface Read {
  value: string;
  end: number;
  /** A quoted scalar goes over several lines. */
  isFolded: boolean;
}

/** A double-quoted scalar whose text begins at `start`, behind the quote. */
export function readDouble(text: string, start: number, into: Read): void {
  into.isFolded = false;
  let at = start;
  let code = text.charCodeAt(at);
  while (code !== 34 && code !== 92 && code !== 10) {
    if (Number.isNaN(code)) throw BAIL;
    code = text.charCodeAt(++at);
  }
  let value = '';
  let from = start;
  while (code !== 34) {
    if (code === 92) {
      value += text.slice(from, at);
      const next = text.charCodeAt(at + 1);
      if (next === 10) {
        const breaks = passBreaks(text, at + 1, into);
        value += '\n'.repeat(breaks - 1);
        at = into.end;
      } else {
        value += escaped(text, at, next);
        at += next === 120 ? 4 : next === 117 ? 6 : 2;
      }
      from = at;
    } else if (code === 10) {
      value = fold(text, value, from, at, into);
      at = from = into.end;
    } else if (Number.isNaN(code)) throw BAIL;
    else at++;
    code = text.charCodeAt(at);
  }
  into.value = value === '' ? text.slice(from, at) : value + text.slice(from, at);
  into.end = at + 1;
}

/** A single-quoted scalar whose text begins at `start`, behind the quote. */
export function readSingle(text: string, start: number, into: Read): void {
  into.isFolded = false;
  let value = '';
  let from = start;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 39) {
      if (text.charCodeAt(at + 1) !== 39) break;
      value += text.slice(from, at + 1);
      at += 2;
      from = at;
    } else if (code === 10) {
      value = fold(text, value, from, at, into);
      at = from = into.end;
    } else if (Number.isNaN(code)) throw BAIL;
    else at++;
  }
  into.value = value === '' ? text.slice(from, at) : value + text.slice(from, at);
  into.end = at + 1;
}

/** Adds the line from `from` to its break at `at`, without its last blanks, and the folded break; `into.end` is where the next text begins. */
function fold(text: string, value: string, from: number, at: number, into: Read): string {
  let end = at;
  while (end > from && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  const breaks = passBreaks(text, at, into);
  return value + text.slice(from, end) + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
}

/** Passes line breaks and blanks from the break at `at`; gives how many breaks. */
function passBreaks(text: string, at: number, into: Read): number {
  let breaks = 0;
  let end = at;
  let lineStart = at;
  into.isFolded = true;
  for (let code = 10; code === 10 || code === 32 || code === 9; code = text.charCodeAt(end)) {
    end++;
    if (code !== 10) continue;
    breaks++;
    lineStart = end;
  }
  if (end === lineStart && (text.startsWith('---', end) || text.startsWith('...', end))) throw BAIL;
  into.end = end;
  return breaks;
}

function escaped(text: string, at: number, code: number): string {
  switch (code) {
    case 110:
      return '\n';
    case 34:
      return '"';
    case 92:
      return '\\';
    case 116:
      return '\t';
    case 32:
      return ' ';
    case 120:
    case 117: {
      let value = 0;
      const end = at + (code === 120 ? 4 : 6);
      for (let digit = at + 2; digit < end; digit++) {
        const hex = hexValue(text.charCodeAt(digit));
        if (hex < 0) throw BAIL;
        value = value * 16 + hex;
      }
      if (value >= 0xd800 && value <= 0xdfff) throw BAIL;
      return String.fromCharCode(value);
    }
    default:
      throw BAIL;
  }
}

/** A literal or folded scalar whose indicator stands at `at`; `parent` is the block indentation. `into.end` is the start of the next line that is not its own. */
export function readBlockScalar(text: string, at: number, parent: number, into: Read): void {
  const isLiteral = text.charCodeAt(at) === 124;
  let head = at + 1;
  let chomping = 0;
  let indent = 0;
  for (let code = text.charCodeAt(head); code !== 10 && code !== 32; code = text.charCodeAt(++head)) {
    if ((code === 43 || code === 45) && chomping === 0) chomping = code === 43 ? 1 : -1;
    else if (code >= 49 && code <= 57 && indent === 0) indent = parent + code - 48;
    else throw BAIL;
  }
  while (text.charCodeAt(head) === 32) head++;
  if (text.charCodeAt(head) === 35) head = text.indexOf('\n', head);
  if (text.charCodeAt(head) !== 10) throw BAIL;
  let line = head + 1;
  let start = line;
  let breaks = 0;
  let widest = 0;
  // Empty lines first: they and the first line with text settle the indentation.
  for (;;) {
    start = line;
    while ((indent === 0 || start - line < indent) && text.charCodeAt(start) === 32) start++;
    if (start - line > widest) widest = start - line;
    if (text.charCodeAt(start) !== 10) break;
    breaks++;
    line = start + 1;
  }
  if (text.charCodeAt(start) === 9 && (indent === 0 || start - line < indent)) throw BAIL;
  if (indent === 0) indent = Math.max(widest, parent + 1, 1);
  let value = '';
  let isFirst = true;
  let wasIndented = false;
  while (start - line === indent && start < text.length) {
    const first = text.charCodeAt(start);
    const isIndented = first === 32 || first === 9;
    if (isFirst) value = '\n'.repeat(breaks);
    else if (isLiteral || wasIndented || isIndented) value += breaks === 0 ? '\n' : '\n'.repeat(breaks + 1);
    else value += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    isFirst = false;
    wasIndented = isIndented;
    let end = text.indexOf('\n', start);
    if (end < 0) throw BAIL;
    value += text.slice(start, end);
    breaks = -1;
    do {
      breaks++;
      line = end + 1;
      start = line;
      while (start - line < indent && text.charCodeAt(start) === 32) start++;
      end = start;
    } while (text.charCodeAt(start) === 10);
  }
  if (text.charCodeAt(start) === 9 && start - line < indent) throw BAIL;
  if (chomping !== -1 && !isFirst) value += '\n';
  if (chomping === 1) value += '\n'.repeat(breaks);
  into.value = value;
  into.end = line;
}
