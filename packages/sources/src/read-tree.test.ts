import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBase } from './read-base.ts';
import { inputsOfFolder, inputsOfGit } from './read-input.ts';
import { openStaged } from './read-staged.ts';
import { readAroundTree, readTree } from './read-tree.ts';

let root: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { encoding: 'utf8' }).trim();
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
const texts = (files: readonly SourceFile[]): Record<string, string> =>
  Object.fromEntries(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-tree-'));
  git('init', '-q', '-b', 'main');
  mkdirSync(join(root, 'apps/web'), { recursive: true });
  write('apps/web/a.yaml', 'a: 1\n');
  write('apps/web/moved.yaml', `${'x: a long enough text to be told again\n'.repeat(5)}`);
  write('b.yaml', 'b: 1\n');
  write('notes.txt', 'no configuration');
  symlinkSync('b.yaml', join(root, 'link.yaml'));
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a revision is read as it was committed, whatever lies in the folder now', () => {
  write('b.yaml', 'b: 2\n');
  rmSync(join(root, 'apps'), { recursive: true });
  const { files, leftOut, problems } = readTree(root, ['git:HEAD']);
  expect(problems).toEqual([]);
  expect(Object.keys(texts(files))).toEqual(['apps/web/a.yaml', 'apps/web/moved.yaml', 'b.yaml']);
  expect(texts(files)['b.yaml']).toBe('b: 1\n');
  expect(leftOut).toEqual([
    { reason: 'not-configuration', count: 1, files: ['notes.txt'] },
    { reason: 'symlink', count: 1, files: ['link.yaml'] },
  ]);
});

test('a path narrows it, a named file is read whatever its name says, and the rest is around', () => {
  const { files } = readTree(root, ['git:HEAD:./apps/web/', 'git:HEAD:notes.txt']);
  expect(Object.keys(texts(files))).toEqual(['apps/web/a.yaml', 'apps/web/moved.yaml', 'notes.txt']);
  const around = readAroundTree(root, ['git:HEAD:apps'], files);
  expect(Object.keys(texts(around))).toEqual(['apps/web/a.yaml', 'apps/web/moved.yaml', 'b.yaml', 'notes.txt']);
  expect(around[0]).toBe(files[0]);
});

test('what does not exist is a problem, what cannot be meant is an error', () => {
  const sayings = (source: string) => readTree(root, [source]).problems.map(({ message }) => message);
  expect(sayings('git:nope')).toEqual(['there is no revision "nope"']);
  expect(sayings('git:HEAD:nope')).toEqual(['"nope" is not in HEAD']);
  expect(sayings('git:--output=x')).toEqual(['there is no revision "--output=x"']);
  expect(() => readTree(root, ['git:'])).toThrow('"git:" names no revision: git:REV or git:REV:PATH');
  expect(() => readTree(root, ['git:HEAD', 'git:HEAD~1'])).toThrow('sources of Git are of one revision');
});

test('a base has what was, under the names of now', () => {
  git('checkout', '-qb', 'work');
  renameSync(join(root, 'apps/web/moved.yaml'), join(root, 'apps/web/new-name.yaml'));
  write('b.yaml', 'b: 2\n');
  write('added.yaml', 'added: 1\n');
  rmSync(join(root, 'apps/web/a.yaml'));
  git('add', '.');
  git('commit', '-qm', 'second');
  git('checkout', '-q', 'main');
  write('main.yaml', 'main: 1\n');
  git('add', '.');
  git('commit', '-qm', 'main goes on');
  git('checkout', '-q', 'work');
  write('untracked.yaml', 'u: 1\n');

  const now = ['added.yaml', 'apps/web/new-name.yaml', 'b.yaml', 'untracked.yaml'].map((path) => ({ path, bytes: new Uint8Array() }));
  const base = readBase(root, 'main');
  expect(base.commit).toBe(git('rev-parse', 'main~1'));
  expect([...base.changed].sort()).toEqual(['added.yaml', 'apps/web/a.yaml', 'apps/web/new-name.yaml', 'b.yaml']);
  const before = base.before(now, () => true);
  expect(Object.keys(texts(before))).toEqual(['apps/web/a.yaml', 'apps/web/new-name.yaml', 'b.yaml']);
  expect(texts(before)['b.yaml']).toBe('b: 1\n');
  expect(texts(before)['apps/web/new-name.yaml']).toContain('a long enough text');
  expect(Object.keys(texts(base.before(now, (path) => !path.startsWith('apps/'))))).toEqual(['apps/web/new-name.yaml', 'b.yaml']);
});

test('what did not change is the same object', () => {
  write('b.yaml', 'b: 2\n');
  const now = readTree(root, ['git:HEAD']).files;
  const before = readBase(root, 'HEAD').before(now, () => true);
  expect(before[0]).toBe(now[0]);
  expect(before[2]).not.toBe(now[2]);
});

test('a base that cannot be found says what to do', () => {
  expect(() => readBase(root, 'nope')).toThrow(/^--since: there is no revision "nope" in this repository$/);
  const shallow = join(root, 'shallow');
  git('clone', '-q', '--depth=1', `file://${root}`, shallow);
  expect(() => readBase(shallow, 'HEAD~1')).toThrow(
    / which is a shallow clone: git fetch --unshallow, or fetch-depth: 0 of actions\/checkout$/,
  );
  git('checkout', '-q', '--orphan', 'alone');
  git('commit', '-qm', 'alone');
  expect(() => readBase(root, 'main')).toThrow('have no commit in common (a shallow clone? fetch more of it)');
});

test('a file that a build names is read from where the rest is, and never from outside', () => {
  write('app.properties', 'a=1\n');
  git('add', 'app.properties');
  write('app.properties', 'a=2\n');
  symlinkSync(tmpdir(), join(root, 'out'));
  const text = (read: (path: string) => SourceFile | undefined, path: string): string | undefined => {
    const found = read(path);
    return found === undefined ? undefined : new TextDecoder().decode(found.bytes);
  };
  expect(text(inputsOfFolder(root), 'app.properties')).toBe('a=2\n');
  expect(text(openStaged(root).input, 'app.properties')).toBe('a=1\n');
  expect(text(inputsOfGit(root, 'HEAD'), 'app.properties')).toBe(undefined);
  expect(text(inputsOfGit(root, 'HEAD'), 'notes.txt')).toBe('no configuration');
  expect(text(inputsOfFolder(root), '../x')).toBe(undefined);
  expect(text(inputsOfFolder(root), 'out')).toBe(undefined);
  expect(text(inputsOfFolder(root), 'apps')).toBe(undefined);
});

test('many files of a revision are read one after the other, in any order', () => {
  mkdirSync(join(root, 'docs'));
  const paths = Array.from({ length: 250 }, (_, index) => `docs/${index} n\u00f6te.md`);
  for (const path of paths) write(path, `text of ${path}\n`);
  git('add', '.');
  git('commit', '-qm', 'documents');
  const read = inputsOfGit(root, 'HEAD');
  for (const path of [...paths, ...paths.slice(0, 30).reverse()]) {
    expect(new TextDecoder().decode(read(path)?.bytes)).toBe(`text of ${path}\n`);
  }
  expect(read('docs/none.md')).toBe(undefined);
});
