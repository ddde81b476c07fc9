import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStaged } from './read-staged.ts';

let root = '';
const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-staged-'));
  git('init', '-q');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a first commit has no HEAD to compare with', async () => {
  writeFileSync(join(root, 'a.yaml'), 'a: 1\n');
  expect((await openStaged(root).read()).files).toEqual([]);
  git('add', 'a.yaml');
  expect((await openStaged(root).read()).files.map((file) => file.path)).toEqual(['a.yaml']);
  git('commit', '-q', '-m', 'first');
});

test('the index is read, not the working tree, whatever the names', async () => {
  writeFileSync(join(root, 'a.yaml'), 'a: staged\n');
  writeFileSync(join(root, 'new\nline.yaml'), 'é: "\u0000"\n');
  writeFileSync(join(root, 'README.md'), '');
  symlinkSync('a.yaml', join(root, 'link.yaml'));
  git('add', '-A');
  writeFileSync(join(root, 'a.yaml'), 'a: edited since\n');
  writeFileSync(join(root, 'b.yaml'), 'not: staged\n');
  const { files, leftOut } = await openStaged(root).read();
  expect(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)])).toEqual([
    ['a.yaml', 'a: staged\n'],
    ['new\nline.yaml', 'é: "\u0000"\n'],
  ]);
  expect(leftOut).toEqual([
    { reason: 'not-configuration', count: 1, files: ['README.md'] },
    { reason: 'symlink', count: 1, files: ['link.yaml'] },
  ]);
});

test('deleted files are not judged', async () => {
  git('commit', '-q', '-m', 'second');
  git('rm', '-q', '--cached', 'a.yaml');
  expect((await openStaged(root).read()).files).toEqual([]);
});

test('a link that becomes a file is judged', async () => {
  rmSync(join(root, 'link.yaml'));
  writeFileSync(join(root, 'link.yaml'), 'now: a file\n');
  git('add', 'link.yaml');
  expect((await openStaged(root).read()).files.map((file) => file.path)).toEqual(['link.yaml']);
});

test('what is looked up is what the next commit holds, not what lies in the folder', async () => {
  git('add', 'a.yaml');
  git('commit', '-q', '-m', 'third');
  writeFileSync(join(root, 'gone.yaml'), 'staged: 1\n');
  writeFileSync(join(root, 'judged.yaml'), 'judged: staged\n');
  git('add', 'gone.yaml', 'judged.yaml');
  rmSync(join(root, 'gone.yaml'));
  writeFileSync(join(root, 'judged.yaml'), 'judged: edited since\n');
  writeFileSync(join(root, 'a.yaml'), 'a: edited again\n');
  const judged = (await openStaged(root).read()).files.filter((file) => file.path === 'judged.yaml');
  const around = await openStaged(root).around(judged);
  expect(around.map((file) => [file.path, new TextDecoder().decode(file.bytes)])).toEqual([
    ['a.yaml', 'a: edited since\n'],
    ['gone.yaml', 'staged: 1\n'],
    ['judged.yaml', 'judged: staged\n'],
    ['link.yaml', 'now: a file\n'],
    ['new\nline.yaml', 'é: "\u0000"\n'],
  ]);
  expect(around.find((file) => file.path === 'judged.yaml')).toBe(judged[0]);
});

test('of what is staged, only what the sources name is judged', async () => {
  mkdirSync(join(root, 'apps'));
  for (const name of ['apps/x.yaml', 'apps/[id].yaml', 'apps.yaml', 'notes.txt']) writeFileSync(join(root, name), 'a: 1\n');
  git('add', 'apps', 'apps.yaml', 'notes.txt');
  const judged = async (cwd: string, ...sources: string[]) => {
    const { files, problems } = await openStaged(root).read(sources, { cwd: join(root, cwd) });
    return [...files.map((file) => file.path), ...problems.map(({ message }) => message)];
  };
  expect(await judged('', 'apps')).toEqual(['apps/[id].yaml', 'apps/x.yaml']);
  expect(await judged('apps', '.', '../notes.txt')).toEqual(['apps/[id].yaml', 'apps/x.yaml', 'notes.txt']);
  expect(await judged('apps', '[id].yaml')).toEqual(['apps/[id].yaml']);
  expect(await judged('', 'app*.yaml')).toEqual(['apps.yaml']);
  expect(await judged('', 'a.yaml')).toEqual([]);
  rmSync(join(root, 'apps.yaml'));
  expect(await judged('', 'apps.yaml')).toEqual(['apps.yaml']);
  expect(await judged('', 'nope.yaml', '-', '..')).toEqual([
    '"nope.yaml" does not exist',
    '--staged judges what is staged, not standard input',
    '".." is outside of the repository whose index is judged',
  ]);
});

test('outside of a repository there is a clear error', async () => {
  const plain = mkdtempSync(join(tmpdir(), 'plumbline-plain-'));
  try {
    await expect(openStaged(plain).read()).rejects.toThrow('--staged judges what is staged in Git, but this is no repository of Git');
  } finally {
    rmSync(plain, { recursive: true, force: true });
  }
});
