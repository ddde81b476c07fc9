import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pathKindsOfFolder, pathKindsOfGit } from './path-kind.ts';
import { openStaged } from './read-staged.ts';

const root = mkdtempSync(join(tmpdir(), 'plumbline-path-kind-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), 'x');
}
const git = (...args: string[]): unknown => execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);

write('apps/web/main.tf');
git('init', '--quiet');
git('add', '.');
git('commit', '--quiet', '-m', 'first');
write('charts/web/Chart.yaml');
git('add', 'charts');
write('later/note.txt');
mkdirSync(join(root, 'empty'));
symlinkSync('/etc', join(root, 'outside'));
symlinkSync('apps', join(root, 'inside'));

test('of the working tree', () => {
  const kindOf = pathKindsOfFolder(root);
  expect(['', 'apps', 'apps/web/main.tf', 'empty', 'inside', 'outside', 'outside/hosts', '..', 'gone', 'later'].map(kindOf)).toEqual([
    'folder',
    'folder',
    'file',
    'folder',
    'folder',
    undefined,
    undefined,
    undefined,
    undefined,
    'folder',
  ]);
});

test('of the index, and of a revision', () => {
  const paths = ['', 'apps/web', 'apps/web/main.tf', 'charts/web', 'later', 'empty'];
  expect(paths.map((path) => openStaged(root).pathKind(path))).toEqual(['folder', 'folder', 'file', 'folder', undefined, undefined]);
  expect(paths.map(pathKindsOfGit(root, 'HEAD'))).toEqual(['folder', 'folder', 'file', undefined, undefined, undefined]);
});

test('where there is no repository', () => {
  expect(['', 'apps'].map(pathKindsOfGit(tmpdir(), 'HEAD'))).toEqual(['folder', undefined]);
});
