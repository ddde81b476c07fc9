import { expect, test } from 'vitest';
import { projectMatches } from './project-glob.ts';

test.each([
  ['https://git.example.org/*', 'https://git.example.org/shop', true],
  ['https://git.example.org/*', 'https://git.example.org/team/shop', false],
  ['https://git.example.org/**', 'https://git.example.org/team/shop', true],
  ['!https://git.example.org/*', 'https://git.example.org/shop', false],
  ['*', 'anything/at/all', true],
  ['', '', true],
])('of repositories: %s and %s', (pattern, text, expected) => {
  expect(projectMatches(pattern, text, true)).toBe(expected);
});

test('of namespaces a star stands for anything, and classes are not read', () => {
  expect(projectMatches('team-*', 'team-a/b', false)).toBe(true);
  expect(projectMatches('team-?', 'team-ab', false)).toBe(false);
  expect(projectMatches('team-[ab]', 'team-a', false)).toBeUndefined();
});

test('a pattern of many stars does not take for ever', () => {
  expect(projectMatches(`${'a*'.repeat(100)}b`, 'a'.repeat(300), false)).toBe(false);
});
