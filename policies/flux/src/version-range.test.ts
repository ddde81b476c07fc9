import { expect, test } from 'vitest';
import { isUnbounded } from './version-range.ts';

test.each(['*', 'x', '>=1.0.0', '> 1', '>=1.0.0-alpha', '1.2.3 || >=2', '>=1.2.3, !=1.4.0', ''])('%s has no upper end', (version) => {
  expect(isUnbounded(version)).toBe(true);
});

test.each([
  '1.2.3',
  'v1.2.3',
  '=1.2.3',
  '1.x',
  '1',
  '^1.2',
  '~1.2.3',
  '>=1.0.0 <2.0.0',
  '>= 1, < 2',
  '1.2 - 2.3.4',
  '1.2.3-rc.1',
  '6.7.*',
  '<= 4',
])('%s has one', (version) => {
  expect(isUnbounded(version)).toBe(false);
});
