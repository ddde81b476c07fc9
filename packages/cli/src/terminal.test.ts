import { expect, test } from 'vitest';
import { wantsColor } from './terminal.ts';

test('the flag wins, then NO_COLOR, FORCE_COLOR, the terminal', () => {
  expect(wantsColor('always', { NO_COLOR: '1' }, false)).toBe(true);
  expect(wantsColor('never', { FORCE_COLOR: '1' }, true)).toBe(false);
  expect(wantsColor('auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
  expect(wantsColor(undefined, { NO_COLOR: '' }, true)).toBe(true);
  expect(wantsColor(undefined, { FORCE_COLOR: '1' }, false)).toBe(true);
  expect(wantsColor(undefined, { FORCE_COLOR: '0' }, true)).toBe(false);
  expect(wantsColor(undefined, { TERM: 'dumb' }, true)).toBe(false);
  expect(wantsColor(undefined, {}, false)).toBe(false);
});
