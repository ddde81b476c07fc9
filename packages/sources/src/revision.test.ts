import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStaged } from './read-staged.ts';
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

test('no program that the repository itself names is run', async () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-revision-'));
  made.push(root);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: root, encoding: 'utf8' });
  git('init', '-q');
  writeFileSync(join(root, 'a.yaml'), 'a: 1\n');
  writeFileSync(join(root, 'b.yaml'), 'b: 1\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  const program = join(root, 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${root}/ran'\ncat\n`);
  chmodSync(program, 0o755);
  for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'filter.x.clean', 'filter.a=b.clean']) git('config', key, program);
  writeFileSync(join(root, '.gitattributes'), 'a.yaml filter=x diff=x\nb.yaml filter=a=b\n');
  const past = new Date('2020-01-01T00:00:00Z');
  for (const name of ['a.yaml', 'b.yaml']) utimesSync(join(root, name), past, past);
  expect(readRevision(root)?.dirty).toBe(false);
  expect((await openStaged(root).read()).files).toEqual([]);
  expect((await openStaged(root).around([])).map((file) => file.path)).toEqual(['a.yaml', 'b.yaml']);
  expect(existsSync(join(root, 'ran'))).toBe(false);
});
