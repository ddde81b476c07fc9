import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readRevision } from './revision.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a revision is the commit, and whether tracked files differ from it', () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-revision-'));
  made.push(root);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: root, encoding: 'utf8' });
  expect(readRevision(root)).toBeUndefined();
  git('init', '-q');
  expect(readRevision(root)).toBeUndefined();
  writeFileSync(join(root, 'a.yaml'), 'a: 1\n');
  git('add', 'a.yaml');
  git('commit', '-q', '-m', 'one');
  const commit = git('rev-parse', 'HEAD').trim();
  writeFileSync(join(root, 'untracked.yaml'), 'a: 1\n');
  expect(readRevision(root)).toEqual({ commit, dirty: false });
  writeFileSync(join(root, 'a.yaml'), 'a: 2\n');
  expect(readRevision(root)).toEqual({ commit, dirty: true });
});
