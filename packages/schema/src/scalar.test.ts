import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shared } from '../test/schemas.ts';
import { byteLength, isBase64, isDateTime, isInt64, isQuantity } from './scalar.ts';

test('quantities', () => {
  for (const text of ['0', '1', '-1', '+1.5', '.5', '5.', '100m', '1Ki', '2Ei', '1e3', '1E-3', '1E', ' 1 ', 'Gi'])
    expect([text, isQuantity(text)]).toEqual([text, true]);
  for (const text of ['', ' ', '1K', '1GB', '1 Gi', '1mi', '1.2.3', '0x10', '1e', 'one', '1,5'])
    expect([text, isQuantity(text)]).toEqual([text, false]);
});

const quantities = join(shared, 'suites/drift/quantity/quantity.json');

describe.skipIf(!existsSync(quantities))('the oracle of quantities (../shared/suites/drift)', () => {
  test('parses what the server parses', () => {
    const { parse } = JSON.parse(readFileSync(quantities, 'utf8')) as {
      parse: { in?: string; input?: string; s?: string; error?: unknown }[];
    };
    const wrong = parse.filter((one) => {
      const text = one.in ?? one.input ?? one.s ?? '';
      // What JSON brings is trimmed before it is parsed.
      return text === text.trim() && isQuantity(text) === (one.error !== undefined);
    });
    expect(wrong).toEqual([]);
  });
});

test('dates and times', () => {
  for (const text of ['2026-01-31T12:00:00Z', '2024-02-29T23:59:59.123456789+02:00', '2026-01-31T1:00:00Z'])
    expect([text, isDateTime(text)]).toEqual([text, true]);
  for (const text of ['', '2026-01-31', '2026-02-29T00:00:00Z', '2026-01-31 12:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31T12:00:00'])
    expect([text, isDateTime(text)]).toEqual([text, false]);
  expect(isDateTime('2026-01-31T12:00:00.000001Z', true)).toBe(true);
  expect(isDateTime('2026-01-31T12:00:00Z', true)).toBe(false);
});

test('base64, integers, bytes', () => {
  expect(['', 'YQ==', 'YWI=', 'YWJj', 'YWJj\nYWJj\n'].every(isBase64)).toBe(true);
  expect(['YQ', 'YQ=', 'Y', 'Y Q=', 'YQ=='.repeat(2)].some(isBase64)).toBe(false);
  expect([2 ** 53, 9223372036854775807n, -9223372036854775808n].every(isInt64)).toBe(true);
  expect([1.5, 2 ** 63, 9223372036854775808n, '1'].some(isInt64)).toBe(false);
  for (const text of ['', 'abc', 'ä€😀', '日本']) expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
});

test('an offset of time may have 24 hours and 60 minutes', () => {
  expect(isDateTime('2026-01-31T12:00:00+24:60')).toBe(true);
  expect(isDateTime('2026-01-31T12:00:00+23:61')).toBe(false);
});

test('the least 64-bit number that is a float is printed beyond it', () => {
  expect(isInt64(-9223372036854775808n)).toBe(true);
  expect(isInt64(-(2 ** 63))).toBe(false);
});
