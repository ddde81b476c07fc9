import { ConfigError, type SourceFile } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { LeftOutList } from './left-out.ts';
import { MAX_FILE_BYTES } from './read-bytes.ts';
import type { ReadOptions, ReadResult } from './read-paths.ts';

interface Staged {
  readonly path: string;
  readonly object: string;
}

/** What the next commit adds or changes, as it stands in the index (not in the working tree). Throws `source-unreadable` where there is no repository or no Git. */
export function readStaged(root: string, options: Pick<ReadOptions, 'takes'> = {}): ReadResult {
  const leftOut = new LeftOutList();
  const staged: Staged[] = [];
  for (const { path, object, mode } of stagedEntries(root)) {
    if (mode === '160000') leftOut.add('submodule', `${path}/`);
    else if (!isConfigurationPath(path) && options.takes?.(path) !== true) leftOut.add('not-configuration', path);
    else if (mode === '120000') leftOut.add('symlink', path);
    else staged.push({ path, object });
  }
  staged.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: readObjects(root, staged, leftOut), leftOut: leftOut.list(), problems: [] };
}

function stagedEntries(root: string): (Staged & { readonly mode: string })[] {
  // Raw and NUL-separated: `:MODE MODE OBJECT OBJECT STATUS`, then the path, whatever is in its name.
  const output = git(root, ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--diff-filter=ACMR']);
  const parts = output.toString('utf8').split('\0');
  const entries: (Staged & { readonly mode: string })[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, mode = '', , object = ''] = (parts[index] ?? '').split(' ');
    entries.push({ path: parts[index + 1] ?? '', mode, object });
  }
  return entries;
}

/** One call for all: the answers come in the order asked, each with its size before it. */
function readObjects(root: string, staged: readonly Staged[], leftOut: LeftOutList): SourceFile[] {
  if (staged.length === 0) return [];
  const output = git(root, ['cat-file', '--batch'], staged.map((entry) => `${entry.object}\n`).join(''));
  const files: SourceFile[] = [];
  let at = 0;
  for (const { path } of staged) {
    const end = output.indexOf(10, at);
    const header = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    const size = Number(header[2]);
    if (header[1] !== 'blob' || !Number.isSafeInteger(size)) {
      leftOut.add('unreadable', path);
      continue;
    }
    if (size > MAX_FILE_BYTES) leftOut.add('too-large', path);
    else files.push({ path, bytes: new Uint8Array(output.subarray(at, at + size)) });
    at += size + 1;
  }
  return files;
}

function git(root: string, args: readonly string[], input?: string): Buffer {
  // Loaded when it is needed: it costs milliseconds at the start of every run.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const ran = spawnSync('git', ['-C', root, ...args], {
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1024 * 1024 * 1024,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  });
  if (ran.error !== undefined) {
    throw new ConfigError('source-unreadable', `git could not be run (${ran.error.message}): --staged needs it`, { cause: ran.error });
  }
  if (ran.status !== 0) {
    const first = ran.stderr.toString('utf8').split('\n')[0] ?? '';
    throw new ConfigError('source-unreadable', `git ${args[0]} failed: ${first}`);
  }
  return ran.stdout;
}
