import { expect, test } from 'vitest';
import { isFractional, signOfQuantity, wrapsBelowZero } from './quantities.ts';

test.each([
  ['1Gi', 1],
  [' 1 ', 1],
  ['0', 0],
  ['-0', 0],
  ['-1n', -1],
  ['1n', 1],
  [5, 1],
  [-5n, -1],
  ['x', undefined],
  [null, undefined],
] as const)('the sign of %s is %s', (value, sign) => {
  expect(signOfQuantity(value)).toBe(sign);
});

test.each(['100m', '0.5', '1n', '1e-3', '1.0001', 0.5])('%s is a fraction', (value) => {
  expect(isFractional(value)).toBe(true);
});

// What is finer than a thousandth is rounded up first.
test.each(['1', '1Gi', '1000m', '1.5Gi', '0.9999', '1e3', 3, 'x'])('%s is none', (value) => {
  expect(isFractional(value)).toBe(false);
});

test('what does not fit into 64 bits is negative, as long as it is written out', () => {
  expect(['9223372036854775808', '9223372036854775807', '10E', '99999999999999999999'].map(wrapsBelowZero)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
