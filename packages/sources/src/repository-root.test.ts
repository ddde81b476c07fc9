import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRepositoryRoot, rootOf } from './repository-root.ts';

let base = '';
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-root-')));
  for (const folder of ['one/.git', 'one/a/b', 'two/sub', 'plain/a', 'plain/b']) mkdirSync(join(base, folder), { recursive: true });
  // A worktree's `.git` is a file.
  writeFileSync(join(base, 'two/.git'), 'gitdir: elsewhere\n');
  writeFileSync(join(base, 'plain/a/x.yaml'), '');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

test('the root of a repository is found upwards, in a worktree too', () => {
  expect(findRepositoryRoot(join(base, 'one/a/b'))).toBe(join(base, 'one'));
  expect(findRepositoryRoot(join(base, 'two/sub'))).toBe(join(base, 'two'));
  expect(findRepositoryRoot(join(base, 'plain/a'))).toBe(undefined);
});

test('the repository of the sources counts, not that of the working folder', () => {
  expect(rootOf(['../two/sub'], join(base, 'one'))).toBe(join(base, 'two'));
  expect(rootOf([], join(base, 'one/a'))).toBe(join(base, 'one'));
  expect(rootOf(['-'], join(base, 'one/a'))).toBe(join(base, 'one'));
  expect(rootOf(['a/*.yaml'], join(base, 'one'))).toBe(join(base, 'one'));
});

test('outside of a repository it is the folder given', () => {
  expect(rootOf(['plain/a'], base)).toBe(join(base, 'plain/a'));
  expect(rootOf(['plain/a/x.yaml'], base)).toBe(base);
  expect(rootOf(['../plain/a', '../plain/b'], join(base, 'one'))).toBe(join(base, 'plain'));
});

test('a link that leads to itself has the root that its folder has', () => {
  symlinkSync('round.yaml', join(base, 'one/round.yaml'));
  expect(rootOf(['round.yaml'], join(base, 'one'))).toBe(join(base, 'one'));
});
