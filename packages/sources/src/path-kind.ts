import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PathKind } from '@plumbline/core';
import { git } from './git.ts';
import type { Entry } from './git-entries.ts';
import { isInside } from './repository-root.ts';

/** Tells what a repository has at a path; undefined where there is nothing, or what leads out of it. */
export type PathKinds = (path: string) => PathKind | undefined;

/** Of the working tree. */
export function pathKindsOfFolder(root: string): PathKinds {
  return (path) => {
    const place = join(root, path);
    try {
      if (!isInside(realpathSync(place), realpathSync(root))) return undefined;
      const stat = statSync(place);
      return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Of a revision. Git is asked once; links and submodules count as what they may lead to, a folder. */
export function pathKindsOfGit(root: string, revision: string): PathKinds {
  let kinds: ReadonlyMap<string, PathKind> | undefined;
  return (path) => {
    kinds ??= kindsOfEntries(listed(root, revision));
    return kinds.get(path);
  };
}

/** What lies at each path of a listing, and each folder above. */
export function kindsOfEntries(entries: Iterable<Pick<Entry, 'path' | 'mode'>>): ReadonlyMap<string, PathKind> {
  const kinds = new Map<string, PathKind>([['', 'folder']]);
  for (const { path, mode } of entries) {
    kinds.set(path, mode.startsWith('100') ? 'file' : 'folder');
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (kinds.has(folder)) break;
      kinds.set(folder, 'folder');
    }
  }
  return kinds;
}

function listed(root: string, revision: string): readonly Pick<Entry, 'path' | 'mode'>[] {
  const printed = git(root, ['ls-tree', '-r', '-z', '--full-tree', revision]);
  if (typeof printed === 'string') return [];
  return printed
    .toString('utf8')
    .split('\0')
    .slice(0, -1)
    .map((line) => ({ path: line.slice(line.indexOf('\t') + 1), mode: line.slice(0, line.indexOf(' ')) }));
}
