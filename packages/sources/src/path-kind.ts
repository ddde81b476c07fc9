import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PathKind } from '@plumbline/core';
import { git } from './git.ts';
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

/** Of Git: `''` for the index, else a revision. Git is asked once; links and submodules count as what they may lead to, a folder. */
export function pathKindsOfGit(root: string, revision: string): PathKinds {
  let kinds: ReadonlyMap<string, PathKind> | undefined;
  return (path) => {
    kinds ??= listed(root, revision);
    return kinds.get(path);
  };
}

function listed(root: string, revision: string): ReadonlyMap<string, PathKind> {
  const printed = git(root, revision === '' ? ['ls-files', '--stage', '-z'] : ['ls-tree', '-r', '-z', '--full-tree', revision]);
  const kinds = new Map<string, PathKind>([['', 'folder']]);
  if (typeof printed === 'string') return kinds;
  for (const line of printed.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const path = line.slice(tab + 1);
    kinds.set(path, line.startsWith('100') ? 'file' : 'folder');
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (kinds.has(folder)) break;
      kinds.set(folder, 'folder');
    }
  }
  return kinds;
}
