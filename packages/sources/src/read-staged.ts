import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { ConfigError, type SourceFile } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { git as runGit } from './git.ts';
import { type Blob, type Entry, LINK, rawEntries, readBlobs, SUBMODULE } from './git-entries.ts';
import { globMatcher } from './glob-matcher.ts';
import { LeftOutList } from './left-out.ts';
import { readAround } from './read-around.ts';
import type { ReadOptions, ReadResult, SourceProblem } from './read-paths.ts';
import { isGlob, isInside } from './repository-root.ts';
import { isTestData } from './walk.ts';

type StagedOptions = Pick<ReadOptions, 'takes' | 'cwd'>;

/**
 * What the next commit adds or changes of the sources, of everything where none is given, as it stands in the index (not in the working
 * tree). Throws `source-unreadable` where there is no repository or no Git.
 */
export async function readStaged(root: string, sources: readonly string[] = [], options: StagedOptions = {}): Promise<ReadResult> {
  const leftOut = new LeftOutList();
  const staged: Blob[] = [];
  const entries = stagedEntries(root);
  const { selects, names, problems } = await selectionOf(sources, root, options.cwd ?? root);
  const entersTestData = [...names].some(isTestData);
  for (const { path, object, mode } of entries) {
    if (!selects(path)) continue;
    if (mode === SUBMODULE) leftOut.add('submodule', `${path}/`);
    else if (!isConfigurationPath(path) && !names.has(path) && options.takes?.(path) !== true) leftOut.add('not-configuration', path);
    else if (!entersTestData && isTestData(path)) leftOut.add('test-data', path);
    else if (mode === LINK) leftOut.add('symlink', path);
    else staged.push({ path, object });
  }
  staged.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: readObjects(root, staged, leftOut), leftOut: leftOut.list(), problems };
}

interface StagedSelection {
  readonly selects: (path: string) => boolean;
  /** The sources themselves, as paths from the root. */
  readonly names: ReadonlySet<string>;
  readonly problems: readonly SourceProblem[];
}

/** Which of the staged files the sources mean. What is in the folder but not staged is left alone; what is in neither is a problem. */
async function selectionOf(sources: readonly string[], root: string, cwd: string): Promise<StagedSelection> {
  let index: readonly Entry[] | undefined;
  const names = new Set<string>();
  const matchers: ((path: string) => boolean)[] = [];
  const problems: SourceProblem[] = [];
  for (const source of sources) {
    const place = resolve(cwd, source);
    const name = relative(root, place).replaceAll(sep, '/');
    const isBelow = (path: string): boolean => name === '' || path === name || path.startsWith(`${name}/`);
    const isStaged = (): boolean => {
      index ??= indexEntries(root);
      return index.some(({ path }) => isBelow(path));
    };
    if (source === '-') problems.push({ source, code: 'usage', message: '--staged judges what is staged, not standard input' });
    else if (!isInside(place, root)) {
      problems.push({ source, code: 'source-missing', message: `"${source}" is outside of the repository whose index is judged` });
    } else if (existsSync(place) || isStaged()) {
      names.add(name);
      matchers.push(isBelow);
    } else if (isGlob(source)) {
      matchers.push(await globMatcher(name));
    } else problems.push({ source, code: 'source-missing', message: `"${source}" does not exist` });
  }
  return { selects: sources.length === 0 ? () => true : (path) => matchers.some((matches) => matches(path)), names, problems };
}

/**
 * The configuration files of the repository as the next commit will have it: what may be looked up where the index is judged. What is
 * not staged is not there, and what was edited since is as it was staged. A file of `known` is given as that same object.
 */
export async function readAroundStaged(root: string, known: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const index = new Map(indexEntries(root).map((entry) => [entry.path, entry]));
  // Most files lie in the folder as they are in the index, and reading them there is faster than asking Git.
  const edited = rawEntries(git(root, ['diff-files', '--raw', '-z', '--no-abbrev', '--ignore-submodules'])).map(({ path }) => path);
  const fromIndex = edited.filter((path) => isFile(index.get(path)) && isConfigurationPath(path));
  const submodules = [...index.values()].flatMap(({ path, mode }) => (mode === SUBMODULE ? [`${path}/`] : []));
  const staged = fromIndex.flatMap((path) => index.get(path) ?? []);
  const byPath = new Map(readObjects(root, staged, new LeftOutList()).map((file) => [file.path, file]));
  for (const file of known) byPath.set(file.path, file);
  for (const file of await readAround(root, known)) {
    const isStaged = index.has(file.path) || submodules.some((folder) => file.path.startsWith(folder));
    if (isStaged && !byPath.has(file.path)) byPath.set(file.path, file);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isFile = (entry: Entry | undefined): boolean => entry !== undefined && entry.mode !== SUBMODULE && entry.mode !== LINK;

function stagedEntries(root: string): Entry[] {
  // T: a link that becomes a file.
  return rawEntries(git(root, ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--diff-filter=ACMRT']));
}

/** `MODE OBJECT STAGE`, a tab and the path. */
function indexEntries(root: string): Entry[] {
  const lines = git(root, ['ls-files', '--stage', '-z']).toString('utf8').split('\0');
  return lines.slice(0, -1).map((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', object = ''] = line.slice(0, tab).split(' ');
    return { path: line.slice(tab + 1), mode, object };
  });
}

function readObjects(root: string, staged: readonly Blob[], leftOut: LeftOutList): SourceFile[] {
  return readBlobs((args, input) => git(root, args, input), staged, leftOut);
}

function git(root: string, args: readonly string[], input?: string): Buffer {
  const printed = runGit(root, args, input);
  if (typeof printed !== 'string') return printed;
  // Outside of a repository `git diff` compares two files, and knows no index.
  const why = printed.includes("unknown option `cached'") ? 'this is no repository of Git' : `git ${args[0]} failed: ${printed}`;
  throw new ConfigError('source-unreadable', `--staged judges what is staged in Git, but ${why}`);
}
