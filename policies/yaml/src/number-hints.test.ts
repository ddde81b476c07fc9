import { expect, test } from 'vitest';
import { COUNTRY, EXPONENT, hintsIn, LAST_ZERO, LEADING_ZERO, MODE_NUMBER, WORD_KEY } from './number-hints.ts';

test.each([
  ['name: shop\nnamespace: n1\nport: 80\n', 0],
  ['# no more, it is on\ntag: v1.20\nimage: shop:1.4.20\n', 0],
  ['a:\n  on: x\n', WORD_KEY],
  ['{y: 1}\n', WORD_KEY],
  ['yes : 1\n', WORD_KEY],
  ['[DE, NO, SE]\n', COUNTRY],
  ['- DE\n- NO', COUNTRY],
  ['port: 08\n', LEADING_ZERO],
  ['version: 1.20\n', LAST_ZERO],
  ['{"version":1.20}\n', LAST_ZERO],
  ['version: 1.25\n', 0],
  ['commit: 12e4\n', EXPONENT],
  ['defaultMode: 420\n', MODE_NUMBER],
  ['defaultMode: \t444\n', MODE_NUMBER],
  ['notes: 1.50\noff: 0\n', WORD_KEY | LAST_ZERO],
])('%j may hold %d', (text, hints) => {
  expect(hintsIn(new TextEncoder().encode(text))).toBe(hints);
});

test('every text that the patterns would match is seen', () => {
  const patterns: readonly (readonly [number, RegExp])[] = [
    [WORD_KEY, /[\s{,](?:[yY](?:es|ES)?|[nN][oO]?|[oO](?:[nN]|ff|FF))[ \t]*:/],
    [COUNTRY, /(?:^[ \t]*- +|[[,][ \t]*)(?:NO|ON)[ \t]*(?:$|[,\]])/m],
    [LEADING_ZERO, /(?:^|[\s{,[:])0\d/],
    // A plain scalar, whole: what the rule looks for is that.
    [LAST_ZERO, /(?:^|[\s{,[:])\d+\.\d*0(?:$|[\s,\]}:])/],
    [EXPONENT, /(?:^|[\s{,[:])\d+[eE]\d+(?:$|[\s,\]}:])/],
    [MODE_NUMBER, /ode:[ \t]+[45]/],
  ];
  const parts = [
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '{',
    '[',
    ',',
    ':',
    '-',
    '0',
    '4',
    '5',
    '7',
    'e',
    'E',
    '.',
    'y',
    'N',
    'O',
    'o',
    ']',
    '}',
    'off',
    'es',
    'ode:',
    'é',
  ];
  let state = 1;
  for (let round = 0; round < 20_000; round++) {
    let text = '';
    for (let count = 0; count < 8; count++) {
      state = (state * 48_271) % 2_147_483_647;
      text += parts[state % parts.length];
    }
    const hints = hintsIn(new TextEncoder().encode(text));
    for (const [hint, pattern] of patterns) if (pattern.test(text)) expect(hints & hint, text).toBe(hint);
  }
});
