import { expect, test } from 'vitest';
import { DECIMAL, hintsIn, MODE_NUMBER, WORD } from './number-hints.ts';

test.each([
  ['name: shop\nnamespace: n1\nport: 80\n', 0],
  ['a:\n  on: x\n', WORD],
  ['[DE, NO, SE]\n', WORD],
  ['{y: 1}\n', WORD],
  ['port: 08\n', WORD],
  ['version: 1.20\n', DECIMAL],
  ['commit: 12e4\n', DECIMAL],
  ['image: shop:1.4.2\n', DECIMAL],
  ['defaultMode: 420\n', MODE_NUMBER],
  ['defaultMode: \t444\n', MODE_NUMBER],
  ['notes: 1.5\noff: 0\n', WORD | DECIMAL],
])('%j may hold %d', (text, hints) => {
  expect(hintsIn(new TextEncoder().encode(text))).toBe(hints);
});

test('every text that the patterns would match is seen', () => {
  const patterns: readonly (readonly [number, RegExp])[] = [
    [WORD, /[\s{,[](?:(?:[yY](?:es|ES)?|[nN][oO]?|[oO](?:[nN]|ff|FF))(?:[ \t]*:|[\s,\]])|0\d)/],
    [DECIMAL, /\d[eE.]\d/],
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
    'o',
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
