/** A text may hold a key or list item that reads as a boolean, or a leading zero. */
export const WORD = 1;
/** It may hold a number with a point or an exponent. */
export const DECIMAL = 2;
/** It may hold a file mode without a leading zero. */
export const MODE_NUMBER = 4;

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
/** What a word or number may stand behind or end with: white space, flow indicators, and whatever is no ASCII. */
const EDGE = 3;

const CLASS = new Uint8Array(128);
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = DIGIT;
for (const character of 'yYnNoO') CLASS[character.charCodeAt(0)] = LETTER;
for (const character of ' \t\n\v\f\r{,[') CLASS[character.charCodeAt(0)] = EDGE;

function classOf(code: number): number {
  return code < 128 ? (CLASS[code] ?? OTHER) : EDGE;
}

/** A word as a key or item: what follows settles most texts that only begin like one (`name`, `namespace`). */
const ITEM = /(?:[yY](?:es|ES)?|[nN][oO]?|[oO](?:[nN]|ff|FF))(?:[ \t]*:|[\s,\]])/y;

/** Which of the three a text may hold, in one pass over its characters; never fewer than it does. */
export function hintsIn(text: string): number {
  let hints = 0;
  let before = EDGE;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const own = classOf(code);
    if (own === DIGIT) {
      if (before === EDGE) {
        if (code === 48 && isDigit(text.charCodeAt(at + 1))) hints |= WORD;
        if ((code === 52 || code === 53) && followsMode(text, at)) hints |= MODE_NUMBER;
      }
      const next = text.charCodeAt(at + 1);
      if ((next === 46 || next === 101 || next === 69) && isDigit(text.charCodeAt(at + 2))) hints |= DECIMAL;
    } else if (own === LETTER && before === EDGE && (hints & WORD) === 0) {
      ITEM.lastIndex = at;
      if (ITEM.test(text)) hints |= WORD;
    }
    before = own;
  }
  return hints;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether blanks and `ode:` stand before a number. */
function followsMode(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  return end < at && text.endsWith('ode:', end);
}
