import { expect, test } from 'vitest';
import { pathMatcher } from './glob.ts';
import { starMatcher } from './star.ts';

test.each([
  ['docs', 'docs/a/b.yaml', true],
  ['docs/', 'docs/a.yaml', true],
  ['./docs', 'docs', true],
  ['docs', 'docs2/a.yaml', false],
  ['docs/**', 'docs/a/b.yaml', true],
  ['*.yaml', 'a.yaml', true],
  ['*.yaml', 'a/b.yaml', false],
  ['**/*.yaml', 'a/.b/c.yaml', true],
  ['apps/*', 'apps/a/b.yaml', true],
  ['apps/{a,b}/**', 'apps/b/c.yaml', true],
  ['a+b', 'a+b/c.yaml', true],
  ['.', 'a.yaml', true],
])('%s and %s: %s', (pattern, path, matches) => {
  expect(pathMatcher([pattern])(path)).toBe(matches);
});

test('no pattern matches nothing', () => {
  expect(pathMatcher([])('a')).toBe(false);
});

test('a glob that cannot be used is named, and why', () => {
  expect(() => pathMatcher([`${'a'.repeat(70_000)}*`])).toThrow(`the glob "${'a'.repeat(40)}…" cannot be used: pattern is too long`);
  expect(() => pathMatcher(['{a,b}'.repeat(30)])).toThrow(
    'the glob "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}…" cannot be used: its braces stand for more than 1000 patterns',
  );
});

test('a star stands for any text', () => {
  expect(starMatcher('db-*')('db-main')).toBe(true);
  expect(starMatcher('*-db-*')('a-db-b')).toBe(true);
  expect(starMatcher('a*a')('a')).toBe(false);
  expect(starMatcher('*'.repeat(50))('x'.repeat(10_000))).toBe(true);
  expect(starMatcher(`${'*a'.repeat(30)}b`)('a'.repeat(10_000))).toBe(false);
});
