/** A text may hold a key or list item that reads as a boolean, or a leading zero. */
export const WORD = 1;
/** It may hold a number with a point or an exponent. */
export const DECIMAL = 2;
/** It may hold a file mode without a leading zero. */
export const MODE_NUMBER = 4;

const ALL = WORD | DECIMAL | MODE_NUMBER;
const DIGIT = 1;
const LETTER = 2;
/** What a word or number may stand behind: white space and flow indicators, and whatever is no ASCII. */
const EDGE = 3;

const CLASS = new Uint8Array(256).fill(EDGE, 128);
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = DIGIT;
for (const character of 'yYnNoO') CLASS[character.charCodeAt(0)] = LETTER;
for (const character of ' \t\n\v\f\r{,[') CLASS[character.charCodeAt(0)] = EDGE;

/** What may follow a word that is a key or an item. */
const ENDS = new Uint8Array(256).fill(1, 128);
for (const character of ' \t\n\v\f\r:,]') ENDS[character.charCodeAt(0)] = 1;

/** Which of the three a file may hold, in one pass over its bytes, which costs a third of one over its text; never fewer than it does. */
export function hintsIn(bytes: Uint8Array): number {
  // UTF-16 is too rare to be read here.
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return ALL;
  const { length } = bytes;
  let hints = 0;
  for (let at = 0; at < length; at++) {
    const own = CLASS[bytes[at] ?? 0];
    if (own === DIGIT) hints |= hintsOfDigit(bytes, at);
    else if (own === LETTER && (hints & WORD) === 0 && isWord(bytes, at)) hints |= WORD;
  }
  return hints;
}

function hintsOfDigit(bytes: Uint8Array, at: number): number {
  let hints = 0;
  const code = bytes[at] ?? 0;
  const next = bytes[at + 1] ?? 0;
  if ((next === 46 || next === 101 || next === 69) && CLASS[bytes[at + 2] ?? 0] === DIGIT) hints = DECIMAL;
  if (code === 48 && CLASS[next] === DIGIT && isBehindEdge(bytes, at)) hints |= WORD;
  if ((code === 52 || code === 53) && isBehindMode(bytes, at)) hints |= MODE_NUMBER;
  return hints;
}

/** Whether y, yes, n, no, on or off begins here as a word of its own; most words that begin alike (`name`, `namespace`) do not. */
function isWord(bytes: Uint8Array, at: number): boolean {
  if (!isBehindEdge(bytes, at)) return false;
  const first = (bytes[at] ?? 0) | 32;
  const next = bytes[at + 1] ?? 0;
  const second = next | 32;
  // y, n
  if (first !== 111 && ENDS[next] === 1) return true;
  // no, on
  if ((first === 110 && second === 111) || (first === 111 && second === 110)) return ENDS[bytes[at + 2] ?? 0] === 1;
  // ye, of
  return (first === 121 && second === 101) || (first === 111 && second === 102);
}

function isBehindEdge(bytes: Uint8Array, at: number): boolean {
  return at === 0 || CLASS[bytes[at - 1] ?? 0] === EDGE;
}

/** Whether blanks and `ode:` stand before a number. */
function isBehindMode(bytes: Uint8Array, at: number): boolean {
  let end = at - 1;
  while (bytes[end] === 32 || bytes[end] === 9) end--;
  return end < at - 1 && bytes[end] === 58 && bytes[end - 1] === 101 && bytes[end - 2] === 100 && bytes[end - 3] === 111;
}
