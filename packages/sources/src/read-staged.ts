import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { ConfigError, type Past, type PathKind, type SourceFile } from '@plumbline/core';
import type { SeenBlobs } from './blobs.ts';
import { isConfigurationPath } from './configuration-path.ts';
import { git as runGit } from './git.ts';
import { type Changed, type Entry, LINK, rawEntries, SUBMODULE } from './git-entries.ts';
import { type GitIndex, inputsOfIndex, isFile, openIndex } from './git-index.ts';
import { globMatcher } from './glob-matcher.ts';
import { LeftOutList } from './left-out.ts';
import { pastOf } from './past.ts';
import { kindsOfEntries } from './path-kind.ts';
import { readBytes } from './read-bytes.ts';
import type { ListInputs, ReadInput } from './read-input.ts';
import type { ReadOptions, ReadResult, SourceProblem } from './read-paths.ts';
import { isGlob, isInside } from './repository-root.ts';
import { isDependency, isTestData, walk } from './walk.ts';

type StagedOptions = Pick<ReadOptions, 'takes' | 'cwd'>;

/** The repository as the next commit will have it. Throws `source-unreadable` where there is no repository or no Git. */
export interface Staged {
  /** What the commit changes, against HEAD. */
  past(): Past;
  /** Configuration files of the sources, of everything where none is given, that the commit removes. */
  removed(): readonly string[];
  /** What the commit adds or changes of the sources, of everything where none is given, as it stands in the index (not in the working tree). */
  read(sources?: readonly string[], options?: StagedOptions): Promise<ReadResult>;
  /**
   * The configuration files: what may be looked up. What is not staged is not there, and what was edited since is as it was staged. A
   * file of `known` is given as that same object. Files of submodules are those of their folders.
   */
  around(known: readonly SourceFile[]): Promise<readonly SourceFile[]>;
  /** Reads a file that a build names, whatever its name. */
  readonly input: ReadInput;
  readonly list: ListInputs;
  pathKind(path: string): PathKind | undefined;
}

export function openStaged(root: string, seen?: SeenBlobs): Staged {
  const index = openIndex(root, (args, input) => git(root, args, input), seen);
  let kinds: ReadonlyMap<string, PathKind> | undefined;
  let changes: readonly Changed[] | undefined;
  let removed: readonly string[] = [];
  const allChanges = (): readonly Changed[] => {
    changes ??= stagedChanges(root);
    return changes;
  };
  return {
    async read(sources = [], options = {}) {
      const { selects, ...selection } = await selectionOf(sources, root, index, options.cwd ?? root);
      removed = allChanges().flatMap(({ path, status, before }) =>
        status === 'D' && before.mode !== SUBMODULE && selects(path) && !isTestData(path) ? [path] : [],
      );
      return readStaged(index, allChanges(), { selects, ...selection }, options);
    },
    past: () => pastOf(allChanges(), index.blobs),
    removed: () => removed,
    around: (known) => readAroundStaged(root, index, known),
    input: inputsOfIndex(index, (path) => !isConfigurationPath(path)),
    list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      return index.entries.flatMap((entry) => (isFile(entry) && entry.path.startsWith(start) ? [entry.path] : []));
    },
    pathKind(path) {
      kinds ??= kindsOfEntries(index.entries);
      return kinds.get(path);
    },
  };
}

function readStaged(
  index: GitIndex,
  changes: readonly Changed[],
  { selects, names, problems }: StagedSelection,
  options: StagedOptions,
): ReadResult {
  const leftOut = new LeftOutList();
  const staged: Entry[] = [];
  const entersTestData = [...names].some(isTestData);
  for (const entry of changes) {
    const { path, mode } = entry;
    if (entry.status === 'D' || entry.status === 'U' || !selects(path)) continue;
    if (mode === SUBMODULE) leftOut.add('submodule', `${path}/`);
    else if (!isConfigurationPath(path) && !names.has(path) && options.takes?.(path) !== true) leftOut.add('not-configuration', path);
    else if (!entersTestData && isTestData(path)) leftOut.add('test-data', path);
    else if (mode === LINK) leftOut.add('symlink', path);
    else staged.push(entry);
  }
  staged.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: index.blobs.open(staged, leftOut), leftOut: leftOut.list(), problems };
}

interface StagedSelection {
  readonly selects: (path: string) => boolean;
  /** The sources themselves, as paths from the root. */
  readonly names: ReadonlySet<string>;
  readonly problems: readonly SourceProblem[];
}

/** Which of the staged files the sources mean. What is in the folder but not staged is left alone; what is in neither is a problem. */
async function selectionOf(sources: readonly string[], root: string, index: GitIndex, cwd: string): Promise<StagedSelection> {
  const names = new Set<string>();
  const matchers: ((path: string) => boolean)[] = [];
  const problems: SourceProblem[] = [];
  for (const source of sources) {
    const place = resolve(cwd, source);
    const name = relative(root, place).replaceAll(sep, '/');
    const isBelow = (path: string): boolean => name === '' || path === name || path.startsWith(`${name}/`);
    const isStaged = (): boolean => index.entries.some(({ path }) => isBelow(path));
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

async function readAroundStaged(root: string, index: GitIndex, known: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const byPath = new Map(known.map((file) => [file.path, file]));
  // Test data is looked up only for test data.
  const entersTestData = known.some(({ path }) => isTestData(path));
  const others: Entry[] = [];
  const files: SourceFile[] = [...known];
  for (const entry of index.entries) {
    const { path, mode } = entry;
    if (mode === SUBMODULE) files.push(...(await filesOfSubmodule(root, path, entersTestData)));
    else if (
      isFile(entry) &&
      !byPath.has(path) &&
      isConfigurationPath(path) &&
      !isDependency(path) &&
      (entersTestData || !isTestData(path))
    )
      others.push(entry);
  }
  files.push(...index.blobs.open(others));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesOfSubmodule(root: string, path: string, entersTestData: boolean): Promise<SourceFile[]> {
  if (!existsSync(resolve(root, path, '.git'))) return [];
  const found = await walk(path, { root, leftOut: new LeftOutList(), entersTestData });
  return found.flatMap(({ path, place }) => {
    const bytes = readBytes(place);
    return typeof bytes === 'string' ? [] : [{ path, bytes }];
  });
}

function stagedChanges(root: string): readonly Changed[] {
  return rawEntries(git(root, ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff']));
}

function git(root: string, args: readonly string[], input?: string): Buffer {
  const printed = runGit(root, args, input);
  if (typeof printed !== 'string') return printed;
  // Outside of a repository `git diff` compares two files, and knows no index.
  const why = printed.includes("unknown option `cached'") ? 'this is no repository of Git' : `git ${args[0]} failed: ${printed}`;
  throw new ConfigError('source-unreadable', `--staged judges what is staged in Git, but ${why}`);
}
