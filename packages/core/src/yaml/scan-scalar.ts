import { hexValue, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, SPACE, TAB } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Fault } from './fault.ts';

/** What scanning a scalar gives: its text; the cursor stands behind it. */
export interface ScannedText {
  readonly value: string;
  /** Where the scalar's own text ends: not behind the blanks and breaks that were passed to find its end. */
  readonly end: number;
  /** The last thing passed was a line break. */
  readonly brokeLine: boolean;
}

const SIMPLE_ESCAPES = new Map<number, string>([
  [48, '\0'],
  [97, '\x07'],
  [98, '\b'],
  [116, '\t'],
  [9, '\t'],
  [110, '\n'],
  [118, '\v'],
  [102, '\f'],
  [114, '\r'],
  [101, '\x1b'],
  [32, ' '],
  [34, '"'],
  [39, "'"],
  [92, '\\'],
  [78, '\x85'],
  [95, '\xa0'],
  [76, '\u2028'],
  [80, '\u2029'],
]);

/** Lines joined as YAML folds them: one break is a space, of more the first is dropped; LS and PS stay. */
function fold(first: string, more: string): string {
  if (first !== '\n') return first + more;
  return more === '' ? ' ' : more;
}

/** A plain scalar; `indent` is the block indentation (−1 at top level) that its further lines must exceed outside of flow. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): ScannedText {
  let value = '';
  let blanks = '';
  let firstBreak = '';
  let moreBreaks = '';
  let brokeLine = false;
  let end = cursor.index;
  while (!cursor.atDocumentIndicator() && cursor.code() !== 35) {
    const from = cursor.index;
    while (!isBlankOrEnd(cursor.code()) && !endsPlain(cursor, inFlow)) cursor.skip();
    if (cursor.index > from) {
      value += brokeLine ? fold(firstBreak, moreBreaks) : blanks;
      value += cursor.text.slice(from, cursor.index);
      end = cursor.index;
      blanks = firstBreak = moreBreaks = '';
      brokeLine = false;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    for (;;) {
      const code = cursor.code();
      if (isBlank(code)) {
        if (brokeLine && cursor.column <= indent && code === TAB) {
          throw new Fault('tab-indent', 'found a tab character that violates indentation', cursor.index);
        }
        if (!brokeLine) blanks += code === TAB ? '\t' : ' ';
        cursor.skip();
      } else if (isBreak(code)) {
        if (brokeLine) moreBreaks += cursor.readBreak();
        else {
          blanks = '';
          firstBreak = cursor.readBreak();
          brokeLine = true;
        }
      } else break;
    }
    if (!inFlow && cursor.column <= indent) break;
  }
  return { value, end, brokeLine };
}

function endsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.code();
  if (code === 58) return isBlankOrEnd(cursor.code(1));
  return inFlow && (code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125);
}

/** A quoted scalar, the cursor on its opening quote. */
export function scanQuoted(cursor: Cursor): ScannedText {
  const start = cursor.index;
  const quote = cursor.code();
  const isSingle = quote === 39;
  cursor.skip();
  let value = '';
  for (;;) {
    if (cursor.atDocumentIndicator())
      throw new Fault('syntax', 'found unexpected document indicator inside a quoted string', cursor.index, cursor.index + 3);
    if (cursor.code() === 0) throw new Fault('syntax', 'the quoted string that opens here is not closed', start);
    let joins = false;
    let from = cursor.index;
    while (!isBlankOrEnd(cursor.code())) {
      const code = cursor.code();
      if (isSingle && code === quote && cursor.code(1) === quote) {
        value += `${cursor.text.slice(from, cursor.index)}'`;
        cursor.skip();
        cursor.skip();
        from = cursor.index;
      } else if (code === quote) break;
      else if (!isSingle && code === 92) {
        value += cursor.text.slice(from, cursor.index);
        cursor.skip();
        if (isBreak(cursor.code())) {
          cursor.readBreak();
          joins = true;
          from = cursor.index;
          break;
        }
        value += scanEscape(cursor);
        from = cursor.index;
      } else cursor.skip();
    }
    value += cursor.text.slice(from, cursor.index);
    if (cursor.code() === quote) break;
    value += scanGap(cursor, joins);
  }
  cursor.skip();
  return { value, end: cursor.index, brokeLine: false };
}

/** The blanks and breaks between two words of a quoted scalar, folded. `joins`: the line before ended in an escaped break. */
function scanGap(cursor: Cursor, joins: boolean): string {
  let broke = joins;
  let firstBreak = '';
  let moreBreaks = '';
  const from = cursor.index;
  for (;;) {
    const code = cursor.code();
    if (isBlank(code)) cursor.skip();
    else if (!isBreak(code)) break;
    else if (broke) moreBreaks += cursor.readBreak();
    else {
      firstBreak = cursor.readBreak();
      broke = true;
    }
  }
  return broke ? fold(firstBreak, moreBreaks) : cursor.text.slice(from, cursor.index);
}

/** An escape of a double-quoted scalar, the cursor behind its backslash. */
function scanEscape(cursor: Cursor): string {
  const code = cursor.code();
  const start = cursor.index - 1;
  const simple = SIMPLE_ESCAPES.get(code);
  if (simple !== undefined && code !== 0) {
    cursor.skip();
    return simple;
  }
  const length = code === 120 ? 2 : code === 117 ? 4 : code === 85 ? 8 : 0;
  if (length === 0) throw new Fault('syntax', 'found unknown escape character', start, start + 2);
  cursor.skip();
  let value = 0;
  for (let digit = 0; digit < length; digit++) {
    const hex = hexValue(cursor.code());
    if (hex < 0) throw new Fault('syntax', 'did not find expected hexadecimal number', start, cursor.index);
    value = value * 16 + hex;
    cursor.skip();
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw new Fault('syntax', 'found invalid Unicode character escape code', start, cursor.index);
  }
  return String.fromCodePoint(value);
}

/** A literal or folded block scalar, the cursor on `|` or `>`. */
export function scanBlock(cursor: Cursor, parentIndent: number): ScannedText {
  const isLiteral = cursor.code() === 124;
  cursor.skip();
  const { chomping, increment } = scanBlockHeader(cursor);
  const gap = { indent: increment === 0 ? 0 : Math.max(parentIndent, 0) + increment, end: cursor.index };
  let value = '';
  let firstBreak = '';
  let moreBreaks = scanBlockBreaks(cursor, gap, parentIndent);
  let wasIndented = false;
  while (cursor.column === gap.indent && cursor.code() !== 0) {
    const isIndented = isBlank(cursor.code());
    if (!isLiteral && !wasIndented && !isIndented && firstBreak === '\n') value += moreBreaks === '' ? ' ' : moreBreaks;
    else value += firstBreak + moreBreaks;
    wasIndented = isIndented;
    const from = cursor.index;
    while (!isBreakOrEnd(cursor.code())) cursor.skip();
    value += cursor.text.slice(from, cursor.index);
    firstBreak = cursor.readBreak();
    moreBreaks = scanBlockBreaks(cursor, gap, parentIndent);
  }
  if (chomping !== -1) value += firstBreak;
  if (chomping === 1) value += moreBreaks;
  return { value, end: gap.end, brokeLine: true };
}

function scanBlockHeader(cursor: Cursor): { chomping: number; increment: number } {
  let chomping = 0;
  let increment = 0;
  const chomp = (): void => {
    const code = cursor.code();
    if (code !== 43 && code !== 45) return;
    chomping = code === 43 ? 1 : -1;
    cursor.skip();
  };
  chomp();
  if (isDigit(cursor.code())) {
    if (cursor.code() === 48) throw new Fault('syntax', 'found an indentation indicator equal to 0', cursor.index);
    increment = cursor.code() - 48;
    cursor.skip();
    if (chomping === 0) chomp();
  }
  while (isBlank(cursor.code())) cursor.skip();
  if (cursor.code() === 35) while (!isBreakOrEnd(cursor.code())) cursor.skip();
  if (!isBreakOrEnd(cursor.code())) {
    throw new Fault('syntax', 'did not find expected comment or line break after the block scalar indicator', cursor.index);
  }
  cursor.readBreak();
  return { chomping, increment };
}

/** Passes indentation and empty lines; settles the indentation when it is not known yet (0). */
function scanBlockBreaks(cursor: Cursor, gap: { indent: number; end: number }, parentIndent: number): string {
  let breaks = '';
  let widest = 0;
  gap.end = cursor.index;
  for (;;) {
    while ((gap.indent === 0 || cursor.column < gap.indent) && cursor.code() === SPACE) cursor.skip();
    widest = Math.max(widest, cursor.column);
    if ((gap.indent === 0 || cursor.column < gap.indent) && cursor.code() === TAB) {
      throw new Fault('tab-indent', 'found a tab character where an indentation space is expected', cursor.index);
    }
    if (!isBreak(cursor.code())) break;
    breaks += cursor.readBreak();
    gap.end = cursor.index;
  }
  if (gap.indent === 0) gap.indent = Math.max(widest, parentIndent + 1, 1);
  return breaks;
}
