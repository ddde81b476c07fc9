import { expect, test } from 'vitest';
import { closest } from './similar.ts';

test('a typing mistake finds what was meant', () => {
  expect(closest('replica', ['selector', 'replicas', 'template'])).toBe('replicas');
  expect(closest('chekc', ['check', 'rules'])).toBe('check');
  expect(closest('Kind', ['kind'])).toBe('kind');
  expect(closest('conatiners', ['containers', 'initContainers'])).toBe('containers');
});

test('what is far from everything finds nothing', () => {
  expect(closest('foo', ['containers', 'ports'])).toBe(undefined);
  expect(closest('', ['a'])).toBe(undefined);
  expect(closest('ab', ['xy'])).toBe(undefined);
});
