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

/** From Git: `''` for the index, else a revision. */
export function inputsOfGit(root: string, revision: string): ReadInput {
  return (path) => {
    const printed = git(root, ['cat-file', 'blob', `${revision}:${path}`]);
    return typeof printed === 'string' || printed.length > MAX_FILE_BYTES ? undefined : { path, bytes: new Uint8Array(printed) };
  };
}
