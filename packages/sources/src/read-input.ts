import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import { git } from './git.ts';
import { MAX_FILE_BYTES, readBytes } from './read-bytes.ts';
import { isInside } from './repository-root.ts';

/** Gives a file of the repository by its path, whatever its name; undefined where there is none that may be read. */
export type ReadInput = (path: string) => SourceFile | undefined;

/** Gives the paths of all files below a folder of the repository, whatever their names; links and what is no file are passed over. */
export type ListInputs = (folder: string) => readonly string[];

/** More files than any chart has: a folder with more is not listed to its end. */
const MAX_LISTED = 20_000;

/** Of the working tree, whatever Git ignores: a chart's dependencies are vendored and ignored as often as not. */
export function listOfFolder(root: string): ListInputs {
  return (folder) => {
    const found: string[] = [];
    const waiting = [folder];
    for (let next = waiting.pop(); next !== undefined && found.length < MAX_LISTED; next = waiting.pop()) {
      for (const entry of entriesOf(join(root, next))) {
        const path = next === '' ? entry.name : `${next}/${entry.name}`;
        if (entry.isFile()) found.push(path);
        else if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') waiting.push(path);
      }
    }
    return found.sort();
  };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Of a revision. */
export function listOfGit(root: string, revision: string): ListInputs {
  let paths: readonly string[] | undefined;
  return (folder) => {
    paths ??= [...pathsOfGit(root, revision)];
    return folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`));
  };
}

function pathsOfGit(root: string, revision: string): ReadonlySet<string> {
  const listed = git(root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', revision]);
  return new Set(typeof listed === 'string' ? [] : listed.toString('utf8').split('\0').filter(Boolean));
}

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

/** From a revision. Git is asked once which files there are, so that it costs nothing to ask for one that is not. */
export function inputsOfGit(root: string, revision: string): ReadInput {
  let paths: ReadonlySet<string> | undefined;
  return (path) => {
    paths ??= pathsOfGit(root, revision);
    if (!paths.has(path)) return undefined;
    const printed = git(root, ['cat-file', 'blob', `${revision}:${path}`]);
    return typeof printed === 'string' || printed.length > MAX_FILE_BYTES ? undefined : { path, bytes: new Uint8Array(printed) };
  };
}
