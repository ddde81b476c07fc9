import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readAround } from './read-around.ts';
import { readFolder, readPaths } from './read-paths.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-sources-')));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function read(root: string, sources: readonly string[] = [root], extra: Partial<Parameters<typeof readPaths>[1]> = {}) {
  const { files, leftOut, problems } = await readPaths(sources, { root, ...extra });
  return {
    files: files.map((file) => file.path),
    leftOut: Object.fromEntries(leftOut.map(({ reason, files }) => [reason, files])),
    problems: problems.map((problem) => `${problem.code}: ${problem.message}`),
  };
}

test('configuration files are read in order of path, the rest is counted', async () => {
  const root = folderOf({
    'b.yaml': '',
    'a/x.yml': '',
    'a-b/y.json': '',
    'a.yaml': '',
    'k/Kustomization': '',
    'README.md': '',
    'a/main.go': '',
  });
  expect(await read(root)).toEqual({
    files: ['a-b/y.json', 'a.yaml', 'a/x.yml', 'b.yaml', 'k/Kustomization'],
    leftOut: { 'not-configuration': ['README.md', 'a/main.go'] },
    problems: [],
  });
});

test('the repository of Git and installed packages are never entered', async () => {
  const root = folderOf({ 'x.yaml': '', '.git/config.yaml': '', 'node_modules/y/x.yaml': '', '.hidden/x.yaml': '' });
  expect(await read(root)).toEqual({ files: ['.hidden/x.yaml', 'x.yaml'], leftOut: { dependencies: ['node_modules/'] }, problems: [] });
});

test('folders named testdata are entered only when they are named', async () => {
  const root = folderOf({
    'a.yaml': '',
    'pkg/testdata/x.yaml': '',
    'pkg/testdata/deep/y.yaml': '',
    'testdata.yaml': '',
    'testdata2/z.yaml': '',
    '__snapshot__/a.yaml': '',
  });
  expect(await read(root)).toEqual({
    files: ['a.yaml', 'testdata.yaml', 'testdata2/z.yaml'],
    leftOut: { 'test-data': ['__snapshot__/', 'pkg/testdata/'] },
    problems: [],
  });
  const files = async (...sources: string[]) => (await readPaths(sources, { root })).files.map((file) => file.path);
  expect(await files('pkg/testdata')).toEqual(['pkg/testdata/deep/y.yaml', 'pkg/testdata/x.yaml']);
  expect(await files('pkg/testdata/deep')).toEqual(['pkg/testdata/deep/y.yaml']);
  expect(await files('pkg/testdata/x.yaml')).toEqual(['pkg/testdata/x.yaml']);
  expect(await files('**/testdata/*.yaml')).toEqual(['pkg/testdata/x.yaml']);
  expect(await files('**/*.yaml')).toEqual(['a.yaml', 'testdata.yaml', 'testdata2/z.yaml']);
});

test('what is looked up for test data may be test data', async () => {
  const root = folderOf({ 'a.yaml': '', 'testdata/x.yaml': '' });
  const paths = async (known: string) => (await readAround(root, [{ path: known, bytes: new Uint8Array() }])).map((file) => file.path);
  expect(await paths('a.yaml')).toEqual(['a.yaml']);
  expect(await paths('testdata/x.yaml')).toEqual(['a.yaml', 'testdata/x.yaml']);
});

test('a pattern longer than any path ignores nothing and ends no run', async () => {
  const root = folderOf({ '.gitignore': `${'a'.repeat(50_000)}\n!${'*a'.repeat(50_000)}\nb.yaml\n`, 'a.yaml': '', 'b.yaml': '' });
  expect(await read(root)).toEqual({
    files: ['a.yaml'],
    leftOut: { 'not-configuration': ['.gitignore'], gitignored: ['b.yaml'] },
    problems: [],
  });
});

test('ignore files count with nesting, negation and the exclude file of the repository', async () => {
  const root = folderOf({
    '.git/info/exclude': 'private.yaml\n',
    '.gitignore': '# made by tools\n*.gen.yaml\n/out/\nlogs\n',
    'a.yaml': '',
    'a.gen.yaml': '',
    'private.yaml': '',
    'out/x.yaml': '',
    'sub/out/x.yaml': '',
    'sub/logs/x.yaml': '',
    'sub/.gitignore': '!keep.gen.yaml\n',
    'sub/keep.gen.yaml': '',
    'sub/other.gen.yaml': '',
  });
  const { files, leftOut } = await read(root);
  expect(files).toEqual(['a.yaml', 'sub/keep.gen.yaml', 'sub/out/x.yaml']);
  expect(leftOut.gitignored).toEqual(['a.gen.yaml', 'out/', 'private.yaml', 'sub/logs/', 'sub/other.gen.yaml']);
});

test('the same files are left out as Git itself ignores', async () => {
  const root = folderOf({
    '.gitignore':
      'build/\n*.tmp.yaml\n!important.tmp.yaml\n/only-root.yaml\ndeep/**/x.yaml\nfoo/*\n!foo/keep.yaml\n\\#odd.yaml\ntrail.yaml \n',
    'build/a.yaml': '',
    'x/build/a.yaml': '',
    'a.tmp.yaml': '',
    'important.tmp.yaml': '',
    'only-root.yaml': '',
    'sub/only-root.yaml': '',
    'deep/x.yaml': '',
    'deep/a/b/x.yaml': '',
    'foo/a.yaml': '',
    'foo/keep.yaml': '',
    '#odd.yaml': '',
    'trail.yaml': '',
  });
  execFileSync('git', ['init', '-q'], { cwd: root });
  const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], { cwd: root }).toString();
  const expected = listed.split('\0').filter((path) => path.endsWith('.yaml'));
  expect((await read(root)).files).toEqual(expected.sort());
});

test('a file that is named is read, whatever its extension and though Git ignores it', async () => {
  const root = folderOf({ '.gitignore': '*\n', 'out/x.yaml': 'a: 1', 'out/manifest.txt': 'b: 1', 'other.yaml': '' });
  expect((await read(root, ['out/x.yaml', 'out/manifest.txt'])).files).toEqual(['out/manifest.txt', 'out/x.yaml']);
  expect((await read(root, ['out'])).files).toEqual(['out/x.yaml']);
});

test('sources that overlap give each file once', async () => {
  const root = folderOf({ 'a/x.yaml': '', 'a/y.yaml': '' });
  expect((await read(root, ['a', 'a/x.yaml', './a/../a/x.yaml', '.'])).files).toEqual(['a/x.yaml', 'a/y.yaml']);
});

test('globs match from the working folder; a file whose name looks like a glob is that file', async () => {
  const root = folderOf({ 'e/dev/a.yaml': '', 'e/live/a.yaml': '', 'e/live/b.txt': '', '[glob].yaml': '' });
  expect((await read(root, ['*/a.yaml'], { cwd: join(root, 'e') })).files).toEqual(['e/dev/a.yaml', 'e/live/a.yaml']);
  expect((await read(root, ['e/**/*.txt'])).files).toEqual(['e/live/b.txt']);
  expect((await read(root, ['[glob].yaml'])).files).toEqual(['[glob].yaml']);
});

test('what is not there is a problem, and the rest is read', async () => {
  const root = folderOf({ 'a.yaml': '' });
  const { files, problems } = await read(root, ['a.yaml', 'b.yaml', 'no/*.yaml', 'git:HEAD']);
  expect(files).toEqual(['a.yaml']);
  expect(problems).toEqual([
    'source-missing: "b.yaml" does not exist',
    'source-missing: no file matches "no/*.yaml"',
    'usage: "git:HEAD": this kind of SOURCE is not supported yet, name files or folders',
  ]);
});

test('standard input is a file named -', async () => {
  const root = folderOf({});
  const { files } = await readPaths(['-'], { root, stdin: () => new TextEncoder().encode('a: 1') });
  expect(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)])).toEqual([['-', 'a: 1']]);
});

test('links never lead out of the root, nor around in circles', async () => {
  const outside = folderOf({ 'secret.yaml': '', 'd/x.yaml': '' });
  const root = folderOf({ 'x.yaml': '', 'data.txt': 'a: 1' });
  symlinkSync('x.yaml', join(root, 'again.yaml'));
  symlinkSync('data.txt', join(root, 'linked.yaml'));
  symlinkSync('nowhere.yaml', join(root, 'dangling.yaml'));
  symlinkSync(join(outside, 'secret.yaml'), join(root, 'outside.yaml'));
  symlinkSync('.', join(root, 'loop'));
  symlinkSync(join(outside, 'd'), join(root, 'away'));
  symlinkSync('self.yaml', join(root, 'self.yaml'));
  expect(await read(root)).toEqual({
    files: ['linked.yaml', 'x.yaml'],
    leftOut: {
      'not-configuration': ['data.txt'],
      symlink: ['again.yaml', 'away', 'loop'],
      'symlink-broken': ['dangling.yaml', 'self.yaml'],
      'symlink-outside': ['outside.yaml'],
    },
    problems: [],
  });
});

test.skipIf(process.platform === 'win32')('a FIFO is left out and nobody waits for it', async () => {
  const root = folderOf({ 'x.yaml': '' });
  execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
  expect(await read(root)).toMatchObject({ files: ['x.yaml'], leftOut: { 'special-file': ['pipe.yaml'] } });
  expect((await read(root, ['pipe.yaml'])).problems).toEqual(['source-unreadable: "pipe.yaml" is neither a file nor a folder']);
});

test('a file beyond the limit is left out', async () => {
  const root = folderOf({ 'x.yaml': '', 'large.yaml': 'a'.repeat(33 * 1024 * 1024) });
  expect(await read(root)).toMatchObject({ files: ['x.yaml'], leftOut: { 'too-large': ['large.yaml'] }, problems: [] });
  expect((await read(root, ['large.yaml'])).problems).toEqual(['source-unreadable: "large.yaml" cannot be read: it is larger than 32 MiB']);
});

test('bytes are those of the file, also beyond one chunk', async () => {
  const texts = { 'a.yaml': 'x', 'b.yaml': 'é'.repeat(50_000), 'c.yaml': '', 'd.yaml': 'y'.repeat(64 * 1024), 'e.yaml': 'z' };
  const { files } = await readFolder(folderOf(texts));
  expect(Object.fromEntries(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)]))).toEqual(texts);
});

test.skipIf(process.platform !== 'linux')('odd names survive, also those that are no UTF-8', async () => {
  const root = folderOf({ 'new\nline.yaml': '', "q'uote.yaml": '', '$(id).yaml': '', 'ü.yaml': '', '-rf.yaml': '' });
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff]), Buffer.from('.yaml')]), 'a: 1');
  const { files } = await readFolder(root);
  expect(files.map((file) => file.path)).toEqual(['$(id).yaml', '-rf.yaml', 'b\\xff.yaml', 'new\nline.yaml', "q'uote.yaml", 'ü.yaml']);
  expect(new TextDecoder().decode(files[2]?.bytes)).toBe('a: 1');
});

test('further kinds of files are read when they are asked for', async () => {
  const root = folderOf({ 'main.tf': '', Dockerfile: '' });
  expect((await read(root, [root], { takes: (path) => path.endsWith('.tf') })).files).toEqual(['main.tf']);
});

test('what surrounds the judged files is everything, known files as they are', async () => {
  const root = folderOf({ 'a/kustomization.yaml': '', 'c/Chart.yaml': '', 'a/x.yaml': '', 'b/y.yaml': '' });
  const { files } = await readPaths(['a'], { root });
  const around = await readAround(root, files);
  expect(around.map((file) => file.path)).toEqual(['a/kustomization.yaml', 'a/x.yaml', 'b/y.yaml', 'c/Chart.yaml']);
  expect(around[1]).toBe(files[1]);
});

test('nothing on standard input is a problem, since the command before the pipe may have failed', async () => {
  const { problems } = await readPaths(['-'], { root: tmpdir(), stdin: () => new Uint8Array() });
  expect(problems).toEqual([{ source: '-', code: 'source-unreadable', message: 'standard input is empty: there is nothing to judge' }]);
});
