import { ConfigError, type SourceFile } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { git as runGit } from './git.ts';
import { type Entry, LINK, readBlobs, SUBMODULE } from './git-entries.ts';
import { LeftOutList } from './left-out.ts';
import type { ReadOptions, ReadResult, SourceProblem } from './read-paths.ts';
import { isTestData } from './walk.ts';

/** Whether a SOURCE is a revision of Git, `git:REV` or `git:REV:PATH`. A file of such a name is written `./git:…`. */
export function isGitSource(source: string): boolean {
  return source.startsWith('git:');
}

/**
 * The files of revisions as they were committed, without a checkout. All sources are of one revision (`usage` otherwise); a revision
 * or a path that does not exist is a problem. Throws `source-unreadable` where there is no repository or no Git.
 */
export function readTree(root: string, sources: readonly string[], options: Pick<ReadOptions, 'takes'> = {}): ReadResult {
  const places = sources.map(placeOf);
  const [first] = places;
  const odd = places.find(({ revision }) => revision !== first?.revision);
  if (first === undefined || odd !== undefined)
    throw new ConfigError('usage', 'sources of Git are of one revision; compare two revisions with --since');
  const entries = entriesOf(root, first.revision);
  if (typeof entries === 'string') return nothing([missing(first.source, entries)]);

  const problems: SourceProblem[] = [];
  for (const { source, path } of places)
    if (!entries.some((entry) => isBelow(entry.path, path))) problems.push(missing(source, `"${path}" is not in ${first.revision}`));
  const leftOut = new LeftOutList();
  const wanted: Entry[] = [];
  for (const entry of entries) {
    const { path, mode } = entry;
    const of = places.filter((place) => isBelow(path, place.path));
    if (of.length === 0) continue;
    const isNamed = of.some((place) => place.path === path);
    if (mode === SUBMODULE) leftOut.add('submodule', `${path}/`);
    else if (!isConfigurationPath(path) && !isNamed && options.takes?.(path) !== true) leftOut.add('not-configuration', path);
    else if (!of.some((place) => isTestData(place.path)) && isTestData(path)) leftOut.add('test-data', path);
    else if (mode === LINK) leftOut.add('symlink', path);
    else wanted.push(entry);
  }
  return { files: readBlobs(asking(root), wanted, leftOut), leftOut: leftOut.list(), problems };
}

/** The configuration files of the revision that the sources are of: what may be looked up. A file of `known` is given as that same object. */
export function readAroundTree(root: string, sources: readonly string[], known: readonly SourceFile[]): readonly SourceFile[] {
  const entries = entriesOf(root, placeOf(sources[0] ?? '').revision);
  if (typeof entries === 'string') return known;
  const byPath = new Map(known.map((file) => [file.path, file]));
  const others = entries.filter(
    ({ path, mode }) => mode !== SUBMODULE && mode !== LINK && !byPath.has(path) && isConfigurationPath(path) && !isTestData(path),
  );
  const files = [...known, ...readBlobs(asking(root), others, new LeftOutList())];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The revision that a source names. */
export function revisionOf(source: string): string {
  return placeOf(source).revision;
}

interface Place {
  readonly source: string;
  readonly revision: string;
  /** From the root; `''` is all of it. */
  readonly path: string;
}

function placeOf(source: string): Place {
  const [, revision = '', path = ''] = /^git:([^:]*)(?::(.*))?$/s.exec(source) ?? [];
  if (revision === '') throw new ConfigError('usage', `${JSON.stringify(source)} names no revision: git:REV or git:REV:PATH`);
  return { source, revision, path: path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '') };
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** All paths of a revision, in order; or what Git says where there is no such revision. */
export function entriesOf(root: string, revision: string): Entry[] | string {
  const commit = runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (typeof commit === 'string') return `there is no revision "${revision}"${commit === '' ? '' : `: ${commit}`}`;
  const listed = asking(root)(['ls-tree', '-r', '-z', '--full-tree', commit.toString('latin1').trim()]);
  // `MODE TYPE OBJECT`, a tab and the path.
  const lines = listed.toString('utf8').split('\0').slice(0, -1);
  const entries = lines.map((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', , object = ''] = line.slice(0, tab).split(' ');
    return { path: line.slice(tab + 1), mode, object };
  });
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function asking(root: string): (args: readonly string[], input?: string) => Buffer {
  return (args, input) => {
    const printed = runGit(root, args, input);
    if (typeof printed !== 'string') return printed;
    throw new ConfigError('source-unreadable', `git ${args[0]} failed: ${printed}`);
  };
}

function missing(source: string, message: string): SourceProblem {
  return { source, code: 'source-missing', message };
}

function nothing(problems: readonly SourceProblem[]): ReadResult {
  return { files: [], leftOut: [], problems };
}
