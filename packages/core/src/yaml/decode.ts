import { Fault } from './fault.ts';
import { goText } from './tagged.ts';

/** Text of a document with what stops the reader in it. */
export interface DecodedText {
  /** The text up to the first byte or character that YAML does not allow, without a byte order mark. */
  readonly text: string;
  readonly fault?: Fault;
  /** The index in `text` from which on the reader already meets the fault: go-yaml decodes 512 bytes at a time. */
  readonly limit?: number;
}

/** Characters that YAML does not allow anywhere (surrogates stand in pairs in a decoded text). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

const PIECE = 512;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Decodes as go-yaml does: by the byte order mark, else UTF-8. */
export function decodeYaml(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') return decodeUtf16(bytes, encoding);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decodeInvalid(bytes);
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  return stopAtControl(text, (index) => pieceOf(bytes, text, index));
}

/** Cuts a text at the first character that is not allowed; `toLimit` gives the byte at which the reader meets it. */
function stopAtControl(text: string, toLimit: (index: number) => number): DecodedText {
  const index = text.search(CONTROL);
  if (index < 0) return { text };
  return { text: text.slice(0, index), fault: controlFault(text, index), limit: Math.min(toLimit(index), index) };
}

function controlFault(text: string, index: number): Fault {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  return new Fault('encoding', `control character U+${code} is not allowed; write it as an escape in double quotes`, index);
}

function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The character index at which the piece begins that holds the character at `index` of a text decoded from `bytes`. */
function pieceOf(bytes: Uint8Array, text: string, index: number): number {
  return pieceStart(bytes, new TextEncoder().encode(text.slice(0, index)).length + markLength(bytes));
}

/** The character index at which the piece begins that holds the character at byte `at`: pieces end before a character that does not fit in. */
function pieceStart(bytes: Uint8Array, at: number): number {
  const last = at + expectedWidth(bytes[at] ?? 0) - 1;
  let start = 0;
  for (let end = PIECE; end <= last; end = start + PIECE) {
    start = end;
    for (let back = 1; back <= 3; back++) {
      const byte = bytes[end - back] ?? 0;
      if (byte >= 0xc0 && expectedWidth(byte) > back) start = end - back;
      if (byte < 0x80 || byte >= 0xc0) break;
    }
  }
  return start === 0 ? 0 : goText(bytes.subarray(markLength(bytes), start)).length;
}

function decodeInvalid(bytes: Uint8Array): DecodedText {
  const at = firstInvalid(bytes);
  const mark = markLength(bytes);
  const text = goText(bytes.subarray(mark, at));
  const isCut = at + expectedWidth(bytes[at] ?? 0) > bytes.length;
  const before = stopAtControl(text, (index) => pieceOf(bytes, text, index));
  if (before.fault !== undefined) return before;
  return { text, fault: invalidFault(bytes, at, text.length), limit: isCut ? text.length : pieceStart(bytes, at) };
}

export function invalidFault(bytes: Uint8Array, at: number, index: number): Fault {
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return new Fault('encoding', `the byte 0x${byte} is not UTF-8 here; save the file as UTF-8`, index);
}

function expectedWidth(lead: number): number {
  return lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc0 && lead < 0xe0 ? 2 : 1;
}

/** The offset of the first byte that is no part of a UTF-8 character, −1 if there is none. */
export function firstInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const width = expectedWidth(lead);
    if (width === 1 || at + width > bytes.length) return at;
    let value = lead & (0xff >> (width + 1));
    for (let k = 1; k < width; k++) {
      const next = bytes[at + k] ?? 0;
      if ((next & 0xc0) !== 0x80) return at;
      value = (value << 6) | (next & 0x3f);
    }
    const isShortest = value >= (width === 2 ? 0x80 : width === 3 ? 0x800 : 0x10000);
    if (!isShortest || (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) return at;
    at += width;
  }
  return -1;
}

function decodeUtf16(bytes: Uint8Array, encoding: Encoding): DecodedText {
  const low = encoding === 'utf-16le' ? 0 : 1;
  const units: string[] = [];
  const unitAt = (at: number): number => (bytes[at + low] ?? 0) | ((bytes[at + 1 - low] ?? 0) << 8);
  let fault: Fault | undefined;
  let isCut = false;
  for (let at = 2; at < bytes.length && fault === undefined; at += 2) {
    const unit = unitAt(at);
    const high = isHigh(unit);
    const next = high && at + 4 <= bytes.length ? unitAt(at + 2) : 0;
    isCut = at + (high ? 4 : 2) > bytes.length;
    if (at + 2 > bytes.length) fault = new Fault('encoding', 'the file ends within a UTF-16 character', units.length);
    else if (isLow(unit) || (high && !isLow(next))) fault = new Fault('encoding', 'half of a UTF-16 surrogate pair', units.length);
    else if (high) {
      units.push(String.fromCharCode(unit), String.fromCharCode(next));
      at += 2;
    } else units.push(String.fromCharCode(unit));
  }
  const text = units.join('');
  const control = stopAtControl(text, (index) => pieceStart16(unitAt, index));
  if (control.fault !== undefined || fault === undefined) return control;
  return { text, fault, limit: isCut ? text.length : Math.min(pieceStart16(unitAt, text.length), text.length) };
}

/** As `pieceStart`, of the character at `index`; the byte order mark before the text takes two bytes of the first piece. */
function pieceStart16(unitAt: (at: number) => number, index: number): number {
  const at = index * 2 + 2;
  const last = at + (isHigh(unitAt(at)) ? 3 : 1);
  let start = 0;
  for (let end = PIECE; end <= last; end = start + PIECE) start = isHigh(unitAt(end - 2)) ? end - 2 : end;
  return Math.max(0, (start - 2) / 2);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
