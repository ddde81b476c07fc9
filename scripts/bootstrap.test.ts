import { expect, test } from 'vitest';
import { isAtLeast } from './bootstrap.mjs';

test.each([
  ['20.19.0', '20.19', true],
  ['20.20.2', '20.19', true],
  ['22.1.0', '20.19', true],
  ['20.9.0', '20.19', false],
  ['18.20.8', '20.19', false],
])('Node.js %s against %s: %s', (own, wanted, expected) => {
  expect(isAtLeast(own, wanted)).toBe(expected);
});
