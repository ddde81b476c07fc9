import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import { git } from './git.ts';
import { MAX_FILE_BYTES, readBytes } from './read-bytes.ts';
import { isInside } from './repository-root.ts';

/** Gives a file of the repository by its path, whatever its name; undefined where there is none that may be read. */
export type ReadInput = (path: string) => SourceFile | undefined;

/** From the working tree; a link that leads out of the repository is not followed. */
export function inputsOfFolder(root: string): ReadInput {
  return (path) => {
    const place = join(root, path);
    try {
      if (!isInside(realpathSync(place), realpathSync(root))) return undefined;
    } catch {
      return undefined;
    }
    const bytes = readBytes(place);
    return typeof bytes === 'string' ? undefined : { path, bytes };
  };
}

/** From Git: `''` for the index, else a revision. Git is asked once which files there are, so that it costs nothing to ask for one that is not. */
export function inputsOfGit(root: string, revision: string): ReadInput {
  let paths: ReadonlySet<string> | undefined;
  const list = revision === '' ? ['ls-files', '-z'] : ['ls-tree', '-r', '-z', '--name-only', '--full-tree', revision];
  return (path) => {
    if (paths === undefined) {
      const listed = git(root, list);
      paths = new Set(typeof listed === 'string' ? [] : listed.toString('utf8').split('\0'));
    }
    if (!paths.has(path)) return undefined;
    const printed = git(root, ['cat-file', 'blob', `${revision}:${path}`]);
    return typeof printed === 'string' || printed.length > MAX_FILE_BYTES ? undefined : { path, bytes: new Uint8Array(printed) };
  };
}
