import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { patternOf, usePatternLibrary } from './pattern.ts';

usePatternLibrary(() => RE2JS);

const SUBDOMAIN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

test.each([
  ['^[a-z]+$', 'abc', true],
  ['^[a-z]+$', 'aBc', false],
  ['b', 'abc', true],
  [SUBDOMAIN, 'shop.example.com', true],
  [SUBDOMAIN, 'shop..example.com', false],
  ['^(\\d+h)?(\\d+m)?$', '2h30m', true],
  // What JavaScript reads otherwise, or not at all.
  ['^(?i)true$', 'TRUE', true],
  ['^[[:alpha:]]+$', 'abc', true],
  ['^\\Aa\\z$', 'a', true],
  ['^\\s$', '\u00a0', false],
  ['^.$', '😀', true],
  ['^a.b$', 'a\u2028b', true],
  ['^(?P<name>a)(?s:.)$', 'a\n', true],
  ['^\\p{Greek}+$', 'αβγ', true],
  ['^a{2}$', 'aa', true],
])('%s against %j: %s', (pattern, text, expected) => {
  expect(patternOf(pattern)?.test(text)).toBe(expected);
});

test.each(['^(?!a)b$', '(?<=a)b', '(a)\\1', 'a**', 'a{1001}', '(', ')', '[z-a]', '*a', '\\_\\y', '(?<n'])(
  'Go compiles no %s',
  (pattern) => {
    expect(patternOf(pattern)).toBeUndefined();
  },
);

test.each([
  ['^(a|a)*$', 'a'],
  ['^(a+)+$', 'a'],
  ['^(a|ab|b)*$', 'ab'],
  ['^((a*)b*)*$', 'a'],
  ['^(\\.[.a]*)*$', '.'],
  ['^(-[!-~]*)*$', '-'],
  ['^a*a*a*a*a*a*$', 'a'],
  [SUBDOMAIN, 'a.'],
  ['^(.*,)*x$', ','],
])('%s takes no long time', (pattern, turn) => {
  // In the engine of JavaScript most of these would take longer than the universe has.
  expect(patternOf(pattern)?.test(`${turn.repeat(2000)}!`)).toBe(pattern.includes('!'));
  expect(patternOf(pattern)?.test(`${turn.repeat(30)}\u00e4`)).toBe(false);
});

test('a very long pattern', () => {
  expect(patternOf(`^${'a'.repeat(100_000)}$`)?.test('a'.repeat(100_000))).toBe(true);
});
