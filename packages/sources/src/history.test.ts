import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { historyOfGit } from './history.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Repository {
  readonly root: string;
  git(...args: string[]): string;
  /** Writes files and commits them; `null` removes one. */
  commit(files: Readonly<Record<string, string | null>>): void;
}

function repository(): Repository {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-history-'));
  made.push(root);
  let day = 1;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, GIT_COMMITTER_DATE: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z` },
    });
  git('init', '-q', '-b', 'main');
  return {
    root,
    git,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        const place = join(root, path);
        if (text === null) rmSync(place);
        else {
          mkdirSync(join(place, '..'), { recursive: true });
          writeFileSync(place, text);
        }
      }
      git('add', '-A');
      git('commit', '-q', '-m', 'a\n@1\n:b');
      day++;
    },
  };
}

const show = (root: string, paths: readonly string[], revision = 'HEAD', max?: number): unknown => {
  const { texts, incomplete } = historyOfGit(root, revision, max).textsOf(paths);
  const lines = texts.map(({ path, commit, text, time }) => `${commit} ${new Date(time * 1000).getUTCDate()} ${path}: ${text}`);
  return incomplete === undefined ? lines : [...lines, incomplete];
};

test('every text that a file had, the newest first', () => {
  const { root, commit } = repository();
  commit({ 'a b.yaml': '1', 'other.yaml': 'x' });
  commit({ 'other.yaml': 'y' });
  commit({ 'a b.yaml': '2' });
  commit({ 'a b.yaml': null });
  expect(show(root, ['a b.yaml'])).toEqual(['1 3 a b.yaml: 2', '3 1 a b.yaml: 1']);
  expect(show(root, ['a b.yaml'], 'HEAD~2')).toEqual(['1 1 a b.yaml: 1']);
});

test('a folder, also what is not in it any more, and what was called otherwise', () => {
  const { root, git, commit } = repository();
  commit({ 'staging/web.yaml': 'version: 1\n', 'staging/gone.yaml': 'g' });
  commit({ 'staging/gone.yaml': null });
  git('mv', 'staging', 'uat');
  commit({});
  commit({ 'uat/web.yaml': 'version: 2\n' });
  expect(show(root, ['uat/'])).toEqual([
    '0 4 uat/web.yaml: version: 2\n',
    '1 3 uat/web.yaml: version: 1\n',
    '3 1 staging/web.yaml: version: 1\n',
  ]);
});

test('many questions are answered as few are', () => {
  const { root, commit } = repository();
  commit({ 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c', 'd.yaml': 'd', 'e.env': 'e' });
  const history = historyOfGit(root, 'HEAD');
  const asked = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.env'].map((path) => history.textsOf([path]).texts.map(({ text }) => text));
  expect(asked).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
});

test('what a branch had, and what only a merge has', () => {
  const { root, git, commit } = repository();
  commit({ 'a.yaml': '1' });
  git('checkout', '-q', '-b', 'side');
  commit({ 'a.yaml': '2' });
  commit({ 'a.yaml': '1' });
  git('checkout', '-q', 'main');
  commit({ 'b.yaml': 'b' });
  git('merge', '-q', '--no-commit', 'side');
  commit({ 'a.yaml': '3' });
  expect((show(root, ['a.yaml']) as string[]).map((line) => line.at(-1))).toEqual(['3', '1', '2', '1']);
});

test('links are no texts, and a folder of a repository sees its own', () => {
  const { root, commit } = repository();
  symlinkSync('a.yaml', join(root, 'link.yaml'));
  commit({ 'sub/a.yaml': '1', 'a.yaml': 'top' });
  expect(show(root, ['link.yaml', 'a.yaml'])).toEqual(['0 1 a.yaml: top']);
  expect(show(join(root, 'sub'), ['a.yaml'])).toEqual(['0 1 a.yaml: 1']);
});

test('where not all is in sight, it says so', () => {
  const { root, commit, git } = repository();
  commit({ 'a.yaml': '1' });
  commit({ 'a.yaml': '2' });
  expect(show(root, ['a.yaml'], 'HEAD', 1)).toEqual(['0 2 a.yaml: 2', 'the history has more than 1 commits']);
  const shallow = mkdtempSync(join(tmpdir(), 'plumbline-history-'));
  made.push(shallow);
  git('clone', '-q', '--depth=1', `file://${root}`, shallow);
  expect(show(shallow, ['a.yaml'])).toEqual([
    '0 2 a.yaml: 2',
    'the clone is shallow, and its history ends before: git fetch --unshallow, or fetch-depth: 0 of actions/checkout',
  ]);
  const none = mkdtempSync(join(tmpdir(), 'plumbline-history-'));
  made.push(none);
  expect(show(none, ['a.yaml'])).toEqual(['there is no history of Git to look into']);
  expect(show(root, ['a.yaml'], 'no-such')).toEqual(['there is no history of Git to look into']);
});

test('a partial clone fetches nothing, and says what it lacks', () => {
  const { root, commit, git } = repository();
  commit({ 'a.yaml': '1' });
  commit({ 'a.yaml': '2' });
  git('config', 'uploadpack.allowFilter', 'true');
  const partial = mkdtempSync(join(tmpdir(), 'plumbline-history-'));
  made.push(partial);
  git('clone', '-q', '--filter=blob:none', `file://${root}`, partial);
  const said = show(partial, ['a.yaml']) as string[];
  expect(said.at(-1)).toBe('texts of the history are not in this clone, or too large');
  expect(said).not.toContain('1 1 a.yaml: 1');
});

test('no program that the repository itself names is run', () => {
  const { root, commit, git } = repository();
  commit({ 'a.yaml': '1' });
  git('config', 'log.showSignature', 'true');
  git('config', 'gpg.program', 'touch ran');
  git('config', 'diff.relative', 'true');
  expect(show(root, ['a.yaml'])).toEqual(['0 1 a.yaml: 1']);
});
