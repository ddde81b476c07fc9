import { expect, test } from 'vitest';
import { pauseMs } from './retry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test.each<[number, string | undefined, number]>([
  [1, undefined, 150],
  [3, undefined, 600],
  [20, undefined, 22_500],
  [1, '2', 2000],
  [1, '3600', 30_000],
  [1, 'Thu, 01 Jan 2026 00:00:05 GMT', 5000],
  [1, 'Thu, 01 Jan 2020 00:00:05 GMT', 0],
  [1, 'soon', 150],
])('attempt %i, Retry-After %s: %i ms', (attempt, retryAfter, expected) => {
  expect(pauseMs(attempt, retryAfter, now, () => 0.5)).toBe(expected);
});
