import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import { isConfigurationPath } from './configuration-path.ts';
import { git } from './git.ts';
import { readBlobs } from './git-entries.ts';
import { LeftOutList } from './left-out.ts';
import { readBytes } from './read-bytes.ts';
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

/** Of files that are read one after the other, Git is asked for so many at once. */
const READ_AHEAD = 100;
const MOST_SINGLE = 4;

/** From a revision. Git is asked once which files there are, so that it costs nothing to ask for one that is not; and for many at once where many are asked for. */
export function inputsOfGit(root: string, revision: string): ReadInput {
  let paths: readonly string[] | undefined;
  let places: ReadonlyMap<string, number> | undefined;
  let singles = 0;
  let ahead = new Map<string, SourceFile>();
  const ask = (args: readonly string[], input: string): Buffer => {
    const printed = git(root, args, input);
    return typeof printed === 'string' ? Buffer.alloc(0) : printed;
  };
  return (path) => {
    paths ??= [...pathsOfGit(root, revision)];
    places ??= new Map(paths.map((each, index) => [each, index]));
    const place = places.get(path);
    // Git takes one request a line.
    if (place === undefined || path.includes('\n')) return undefined;
    const known = ahead.get(path);
    if (known !== undefined) return known;
    const wanted =
      singles++ < MOST_SINGLE
        ? [path]
        : [
            path,
            ...paths
              .slice(place + 1)
              .filter(isLikely)
              .slice(0, READ_AHEAD),
          ];
    const blobs = wanted.map((each) => ({ path: each, object: `${revision}:${each}` }));
    ahead = new Map(readBlobs(ask, blobs, new LeftOutList()).map((file) => [file.path, file]));
    return ahead.get(path);
  };
}

/** Whether a file may be wanted after others: configuration is read otherwise, and pictures and archives for themselves. */
function isLikely(path: string): boolean {
  return !isConfigurationPath(path) && !/\.(?:png|jpe?g|gif|svg|ico|pdf|zip|t?gz|jar|wasm|mp4|woff2?)$|\n/i.test(path);
}
