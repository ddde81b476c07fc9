/** A text may hold a key that reads as a boolean. */
export const WORD_KEY = 1;
/** It may hold NO or ON in a list. */
export const COUNTRY = 2;
/** It may hold a number with a leading zero. */
export const LEADING_ZERO = 4;
/** It may hold a number with a point that ends in a zero. */
export const LAST_ZERO = 8;
/** It may hold a number with an exponent. */
export const EXPONENT = 16;
/** It may hold a file mode without a leading zero. */
export const MODE_NUMBER = 32;

const ALL = 63;
const DIGIT = 1;
const LETTER = 2;
/** What a word or number may stand behind: white space and flow indicators, and whatever is no ASCII. */
const EDGE = 3;
/** A number may stand behind it too, in flow style. */
const COLON = 4;

const CLASS = new Uint8Array(256).fill(EDGE, 128);
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = DIGIT;
for (const character of 'yYnNoO') CLASS[character.charCodeAt(0)] = LETTER;
for (const character of ' \t\n\v\f\r{,[') CLASS[character.charCodeAt(0)] = EDGE;
CLASS[':'.charCodeAt(0)] = COLON;

/** What may follow a plain scalar; 0 stands for the end of the text. */
const ENDS = new Uint8Array(256).fill(1, 128);
for (const character of '\0 \t\n\v\f\r:,]}') ENDS[character.charCodeAt(0)] = 1;

/** Which of them a file may hold, in one pass over its bytes, which costs a third of one over its text; never fewer than it does. */
export function hintsIn(bytes: Uint8Array): number {
  // UTF-16 is too rare to be read here.
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return ALL;
  const { length } = bytes;
  let hints = 0;
  let before = EDGE;
  for (let at = 0; at < length; at++) {
    const own = CLASS[bytes[at] ?? 0] ?? 0;
    if (before >= EDGE) {
      if (own === DIGIT) hints |= hintsOfNumber(bytes, at);
      else if (own === LETTER && before === EDGE) hints |= hintsOfWord(bytes, at);
    }
    before = own;
  }
  return hints;
}

function hintsOfNumber(bytes: Uint8Array, at: number): number {
  const code = bytes[at] ?? 0;
  let hints = 0;
  if (code === 48 && CLASS[bytes[at + 1] ?? 0] === DIGIT) hints = LEADING_ZERO;
  if ((code === 52 || code === 53) && isBehindMode(bytes, at)) hints |= MODE_NUMBER;
  const whole = endOfDigits(bytes, at);
  const sign = bytes[whole] ?? 0;
  if (sign !== 46 && sign !== 101 && sign !== 69) return hints;
  const end = endOfDigits(bytes, whole + 1);
  if (end === whole + 1 || ENDS[bytes[end] ?? 0] !== 1) return hints;
  return sign !== 46 ? hints | EXPONENT : bytes[end - 1] === 48 ? hints | LAST_ZERO : hints;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (CLASS[bytes[at] ?? 0] === DIGIT) at++;
  return at;
}

/** Of y, yes, n, no, on or off; most words that begin alike (`name`, `namespace`) are none of them. */
function hintsOfWord(bytes: Uint8Array, at: number): number {
  const end = endOfWord(bytes, at);
  if (end < 0) return 0;
  const isCapital = end === at + 2 && (bytes[at] ?? 0) < 96 && (bytes[at + 1] ?? 0) < 96;
  const hints = isCapital && ENDS[bytes[end] ?? 0] === 1 ? COUNTRY : 0;
  let next = end;
  while (bytes[next] === 32 || bytes[next] === 9) next++;
  return bytes[next] === 58 ? hints | WORD_KEY : hints;
}

/** Where the word that begins here ends, if it ends there; −1 for another word. */
function endOfWord(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) | 32;
  const next = bytes[at + 1] ?? 0;
  const second = next | 32;
  // y, n
  if (first !== 111 && ENDS[next] === 1) return at + 1;
  // no, on
  if ((first === 110 && second === 111) || (first === 111 && second === 110)) return at + 2;
  // yes, off
  const third = (bytes[at + 2] ?? 0) | 32;
  if ((first === 121 && second === 101 && third === 115) || (first === 111 && second === 102 && third === 102)) return at + 3;
  return -1;
}

/** Whether blanks and `ode:` stand before a number. */
function isBehindMode(bytes: Uint8Array, at: number): boolean {
  let end = at - 1;
  while (bytes[end] === 32 || bytes[end] === 9) end--;
  return end < at - 1 && bytes[end] === 58 && bytes[end - 1] === 101 && bytes[end - 2] === 100 && bytes[end - 3] === 111;
}
