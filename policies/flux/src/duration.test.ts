import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';

test.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['0s', 0],
])('%s', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each(['', '10', '1d', '5 m', '-1m', '1m ', 'm'])('%j is none', (text) => {
  expect(durationMs(text)).toBeUndefined();
});
