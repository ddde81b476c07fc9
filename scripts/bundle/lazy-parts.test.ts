import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LAZY_PARTS } from './lazy-parts.mjs';

const root = join(import.meta.dirname, '../..');

test.each(Object.values(LAZY_PARTS).flat())('%s exports functions only, so that a call can load it', async (file: string) => {
  const exported = Object.entries((await import(join(root, file))) as Record<string, unknown>);
  expect(exported.length).toBeGreaterThan(0);
  // A class would be called without `new`, a constant would be a function.
  expect(exported.filter(([, value]) => typeof value !== 'function' || /^class\b/.test(String(value))).map(([name]) => name)).toEqual([]);
});
