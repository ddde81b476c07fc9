/** A text may hold a key or list item that reads as a boolean, or a leading zero. */
export const WORD = 1;
/** It may hold a number with a point or an exponent. */
export const DECIMAL = 2;
/** It may hold a file mode without a leading zero. */
export const MODE_NUMBER = 4;

const DIGIT = 1;
const LETTER = 2;
/** What a word or number may stand behind: white space and flow indicators. */
const EDGE = 3;

const CLASS = new Uint8Array(128);
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = DIGIT;
for (const character of 'yYnNoO') CLASS[character.charCodeAt(0)] = LETTER;
for (const character of ' \t\n\v\f\r{,[') CLASS[character.charCodeAt(0)] = EDGE;

/** A word as a key or item: what follows settles most texts that only begin like one (`name`, `namespace`). */
const ITEM = /(?:[yY](?:es|ES)?|[nN][oO]?|[oO](?:[nN]|ff|FF))(?:[ \t]*:|[\s,\]])/y;

/** Which of the three a text may hold, in one pass over its characters; never fewer than it does. */
export function hintsIn(text: string): number {
  const { length } = text;
  let hints = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) continue;
    const own = CLASS[code];
    if (own === DIGIT) hints |= hintsOfDigit(text, at, code);
    else if (own === LETTER && (hints & WORD) === 0 && isBehindEdge(text, at)) {
      ITEM.lastIndex = at;
      if (ITEM.test(text)) hints |= WORD;
    }
  }
  return hints;
}

function hintsOfDigit(text: string, at: number, code: number): number {
  let hints = 0;
  const next = text.charCodeAt(at + 1);
  if ((next === 46 || next === 101 || next === 69) && isDigit(text.charCodeAt(at + 2))) hints = DECIMAL;
  if (code === 48 && isDigit(next) && isBehindEdge(text, at)) hints |= WORD;
  if ((code === 52 || code === 53) && isBehindMode(text, at)) hints |= MODE_NUMBER;
  return hints;
}

/** Whether what begins here may be a key, item or value of its own; also behind whatever is no ASCII, as rare white space is. */
function isBehindEdge(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  return before >= 128 || CLASS[before] === EDGE;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether blanks and `ode:` stand before a number. */
function isBehindMode(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  return end < at && text.endsWith('ode:', end);
}
