import { ConfigError, type Past, type SourceFile } from '@plumbline/core';
import { Blobs } from './blobs.ts';
import { isConfigurationPath } from './configuration-path.ts';
import { git as runGit } from './git.ts';
import { type Blob, LINK, rawEntries, readBlobs, SUBMODULE } from './git-entries.ts';
import { LeftOutList } from './left-out.ts';
import { pastOf } from './past.ts';
import { entriesOf } from './read-tree.ts';

/** What a change is measured against: the commit where it began. */
export interface Base {
  /** The merge base of the revision and HEAD. */
  readonly commit: string;
  /** The paths that differ from it, new ones included, as they are called now (deleted ones as they were). */
  readonly changed: ReadonlySet<string>;
  /**
   * Some files as they were: what did not change is the same object, what was renamed stands at its new path, what is new is not
   * there, and what was deleted is there where `takes` says so.
   */
  before(now: readonly SourceFile[], takes: (path: string) => boolean): readonly SourceFile[];
  readonly past: Past;
}

/** Looks up where the work in hand left `revision`. Throws `usage` where there is no such revision, `source-unreadable` where there is no Git. */
export function readBase(root: string, revision: string): Base {
  const head = runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (typeof head === 'string')
    throw new ConfigError(
      'usage',
      `--since: there is no revision ${JSON.stringify(revision)} in this repository${isShallow(root) ? ', which is a shallow clone: git fetch --unshallow, or fetch-depth: 0 of actions/checkout' : ''}`,
    );
  const common = runGit(root, ['merge-base', head.toString('latin1').trim(), 'HEAD']);
  if (typeof common === 'string' || common.length === 0)
    throw new ConfigError(
      'usage',
      `--since: ${JSON.stringify(revision)} and HEAD have no commit in common (a shallow clone? fetch more of it)`,
    );
  const commit = common.toString('latin1').trim();
  const tracked = entriesOf(root, commit);
  if (typeof tracked === 'string') throw new ConfigError('source-unreadable', `--since: ${tracked}`);
  const isTracked = new Set(tracked.map(({ path }) => path));
  const changes = rawEntries(ask(root, ['diff-index', '--raw', '-z', '--no-abbrev', '-M', '--ignore-submodules', commit]));
  const byPath = new Map(changes.map((change) => [change.path, change]));

  let past: Past | undefined;
  return {
    commit,
    changed: new Set(byPath.keys()),
    get past() {
      past ??= pastOf(changes, new Blobs((args, input) => ask(root, args, input)));
      return past;
    },
    before(now, takes) {
      const blobs: Blob[] = [];
      const same: SourceFile[] = [];
      const paths = new Set<string>();
      for (const file of now) {
        paths.add(file.path);
        const change = byPath.get(file.path);
        if (change === undefined) {
          if (isTracked.has(file.path)) same.push(file);
        } else if (change.status !== 'A' && isFile(change.before.mode)) blobs.push({ path: file.path, object: change.before.object });
      }
      for (const { path, status, before } of changes)
        if (status === 'D' && isFile(before.mode) && !paths.has(path) && isConfigurationPath(path) && takes(path))
          blobs.push({ path, object: before.object });
      const files = [...same, ...readBlobs((args, input) => ask(root, args, input), blobs, new LeftOutList())];
      return files.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

function isShallow(root: string): boolean {
  const printed = runGit(root, ['rev-parse', '--is-shallow-repository']);
  return typeof printed !== 'string' && printed.toString('latin1').trim() === 'true';
}

function isFile(mode: string): boolean {
  return mode !== SUBMODULE && mode !== LINK;
}

function ask(root: string, args: readonly string[], input?: string): Buffer {
  const printed = runGit(root, args, input);
  if (typeof printed !== 'string') return printed;
  throw new ConfigError('source-unreadable', `--since: git ${args[0]} failed: ${printed}`);
}
