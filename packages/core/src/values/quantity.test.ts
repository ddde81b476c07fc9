import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareQuantities, formatQuantity, parseQuantity } from './quantity.ts';

function canonical(text: string): string | undefined {
  const quantity = parseQuantity(text);
  return quantity === undefined ? undefined : formatQuantity(quantity);
}

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['0.5', '500m'],
  ['1024', '1024'],
  ['1024Ki', '1Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['0.1Ki', '102400m'],
  ['100k', '100k'],
  ['1e3', '1e3'],
  ['12E2', '1200'],
  ['1E', '1E'],
  ['0.0000000001', '1n'],
  ['-0.0000000001', '-1n'],
  ['16Ei', '9223372036854775807'],
  ['1.', '1.'],
  ['2525.227G', '2525.227G'],
  ['2525.2270G', '2525227M'],
  ['.5', '500m'],
])('%s is %s', (text, wanted) => {
  expect(canonical(text)).toBe(wanted);
});

test.each(['', ' 1', '1 ', '1ki', '1.1.M', '1+1.0M', '0.1mi', 'aoeu', '.5i', '-3.01e-', '1kk', '１'])('%s is none', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('an exponent beyond all bounds costs nothing', () => {
  const large = parseQuantity('1e2000000000');
  const small = parseQuantity('1e-2000000000');
  if (large === undefined || small === undefined) throw new Error('both are quantities');
  expect(compareQuantities(large, small)).toBe(1);
  expect(formatQuantity(small)).toBe('1e-9');
});

const SUITE = new URL('../../../../../shared/suites/drift/quantity/quantity.json', import.meta.url);
const hasSuite = existsSync(SUITE);
if (!hasSuite) console.log('skipped: the quantity suite is not here');

describe.skipIf(!hasSuite)('recorded quantities', () => {
  const suite = hasSuite ? JSON.parse(readFileSync(SUITE, 'utf8')) : { parse: [], compare: [] };

  test('canonical forms', () => {
    const wrong = suite.parse.filter((each: { input: string; canonical?: string }) => canonical(each.input) !== each.canonical);
    expect(wrong).toEqual([]);
  });

  test('comparisons', () => {
    const wrong = suite.compare.filter((each: { a: string; b: string; cmp: number }) => {
      const a = parseQuantity(each.a);
      const b = parseQuantity(each.b);
      return a === undefined || b === undefined || compareQuantities(a, b) !== each.cmp;
    });
    expect(wrong).toEqual([]);
  });
});
