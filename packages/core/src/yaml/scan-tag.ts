import { hexValue, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Fault } from './fault.ts';

/** A `%YAML` or `%TAG` line. */
export type Directive = { readonly version: string } | { readonly handle: string; readonly prefix: string };

/** Characters of a tag's URI beside letters, digits, `_`, `-` and `%`. */
const URI_MARKS = ";/?:@&=+$,.!~*'()[]";
const AFTER_ANCHOR = '?:,]}%@`';

/** The cursor on `%` at the start of a line; leaves it on the next line. */
export function scanDirective(cursor: Cursor): Directive {
  const start = cursor.index;
  cursor.skip();
  const name = scanWord(cursor);
  if (name === '') throw new Fault('syntax', 'could not find expected directive name', start);
  if (!isBlankOrEnd(cursor.code())) throw new Fault('syntax', 'found unexpected non-alphabetical character', cursor.index);
  let directive: Directive;
  if (name === 'YAML') {
    skipBlanks(cursor);
    const major = scanVersionNumber(cursor);
    if (cursor.code() !== 46) throw new Fault('syntax', "did not find expected digit or '.' character", cursor.index);
    cursor.skip();
    directive = { version: `${major}.${scanVersionNumber(cursor)}` };
  } else if (name === 'TAG') directive = scanTagDirective(cursor);
  else throw new Fault('syntax', `found unknown directive name "${name}"`, start, cursor.index);
  skipBlanks(cursor);
  if (cursor.code() === 35) while (!isBreakOrEnd(cursor.code())) cursor.skip();
  if (!isBreakOrEnd(cursor.code())) throw new Fault('syntax', 'did not find expected comment or line break', cursor.index);
  cursor.readBreak();
  return directive;
}

function scanTagDirective(cursor: Cursor): Directive {
  skipBlanks(cursor);
  const handle = scanHandle(cursor, true);
  if (!isBlank(cursor.code())) throw new Fault('syntax', 'did not find expected whitespace', cursor.index);
  skipBlanks(cursor);
  const prefix = scanUri(cursor, '');
  if (!isBlankOrEnd(cursor.code())) throw new Fault('syntax', 'did not find expected whitespace or line break', cursor.index);
  return { handle, prefix };
}

/** The name of an anchor or alias, the cursor on `&` or `*`. */
export function scanAnchor(cursor: Cursor): string {
  const start = cursor.index;
  cursor.skip();
  const name = scanWord(cursor);
  const code = cursor.code();
  if (name === '' || !(isBlankOrEnd(code) || AFTER_ANCHOR.includes(String.fromCharCode(code)))) {
    throw new Fault(
      'syntax',
      'an anchor or alias needs a name of letters and digits; quote the text if it begins with "&" or "*"',
      start,
      cursor.index + 1,
    );
  }
  return name;
}

/** A tag, the cursor on `!`. The handle is '' for a verbatim tag and for `!` alone. */
export function scanTag(cursor: Cursor): { handle: string; suffix: string } {
  const start = cursor.index;
  let handle = '';
  let suffix: string;
  if (cursor.code(1) === 60) {
    cursor.index += 2;
    suffix = scanUri(cursor, '');
    if (cursor.code() !== 62) throw new Fault('syntax', "did not find the expected '>'", cursor.index);
    cursor.skip();
  } else {
    handle = scanHandle(cursor, false);
    if (handle.length > 1 && handle.endsWith('!')) suffix = scanUri(cursor, '');
    else {
      suffix = scanUri(cursor, handle);
      handle = suffix === '' ? '' : '!';
      if (suffix === '') suffix = '!';
    }
  }
  if (!isBlankOrEnd(cursor.code()))
    throw new Fault('syntax', 'did not find expected whitespace or line break after a tag', start, cursor.index + 1);
  return { handle, suffix };
}

function scanHandle(cursor: Cursor, inDirective: boolean): string {
  if (cursor.code() !== 33) throw new Fault('syntax', "did not find expected '!'", cursor.index);
  cursor.skip();
  let handle = `!${scanWord(cursor)}`;
  if (cursor.code() === 33) {
    handle += '!';
    cursor.skip();
  } else if (inDirective && handle !== '!') throw new Fault('syntax', "did not find expected '!'", cursor.index);
  return handle;
}

/** The rest of a tag; `head` is what was read of it as a handle, its `!` not kept. */
function scanUri(cursor: Cursor, head: string): string {
  let uri = head.slice(1);
  let hasTag = head !== '';
  for (;;) {
    const code = cursor.code();
    if (code === 37) uri += scanUriEscape(cursor);
    else if (isWord(code) || (code !== 0 && URI_MARKS.includes(String.fromCharCode(code)))) {
      uri += String.fromCharCode(code);
      cursor.skip();
    } else break;
    hasTag = true;
  }
  if (!hasTag) throw new Fault('syntax', 'did not find expected tag URI', cursor.index);
  return uri;
}

/** One character written as `%XX` octets of UTF-8; kept as one unit an octet, since tags are only compared. */
function scanUriEscape(cursor: Cursor): string {
  let text = '';
  let rest = 1;
  for (let octets = 0; octets < rest; octets++) {
    const high = hexValue(cursor.code(1));
    const low = hexValue(cursor.code(2));
    if (cursor.code() !== 37 || high < 0 || low < 0) throw new Fault('syntax', 'did not find URI escaped octet', cursor.index);
    const octet = high * 16 + low;
    if (octets === 0) {
      rest = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
      if (rest === 0) throw new Fault('syntax', 'found an incorrect leading UTF-8 octet', cursor.index);
    } else if (octet >> 6 !== 2) throw new Fault('syntax', 'found an incorrect trailing UTF-8 octet', cursor.index);
    text += String.fromCharCode(octet);
    cursor.index += 3;
  }
  return text;
}

function scanVersionNumber(cursor: Cursor): number {
  const start = cursor.index;
  while (isDigit(cursor.code())) {
    if (cursor.index - start >= 2) throw new Fault('syntax', 'found extremely long version number', start);
    cursor.skip();
  }
  if (cursor.index === start) throw new Fault('syntax', 'did not find expected version number', start);
  return Number(cursor.text.slice(start, cursor.index));
}

function scanWord(cursor: Cursor): string {
  const start = cursor.index;
  while (isWord(cursor.code())) cursor.skip();
  return cursor.text.slice(start, cursor.index);
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.code())) cursor.skip();
}
