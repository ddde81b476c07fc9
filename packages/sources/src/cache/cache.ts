import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Expander, Known } from '@plumbline/core';
import type { SeenBlobs } from '../blobs.ts';
import { knownBuilds } from './known-builds.ts';
import { knownFiles } from './known-files.ts';
import { openStore } from './store.ts';

/** What was read and built in earlier runs over a repository. It can be thrown away at any time: it saves time, and changes no verdict. */
export interface Cache {
  readonly known: Known;
  readonly seen: SeenBlobs;
  expander(expander: Expander): Expander;
  /** Keeps what this run has read and built. */
  save(): void;
}

/** The cache of the repository at `root`, in its Git folder; undefined where there is none. `maker` names the build of the tool, a word without spaces. */
export function openCache(root: string, maker: string): Cache | undefined {
  const folder = gitFolder(root);
  if (folder === undefined) return undefined;
  const store = openStore(join(folder, 'plumbline', 'cache'), maker);
  return {
    known: knownFiles(store),
    seen: {
      has: (id) => store.has(`documents ${id}`) || store.get(`seen ${id}`) !== undefined,
      add: (id) => store.put(`seen ${id}`, () => (store.has(`documents ${id}`) ? undefined : '')),
    },
    expander: (expander) => knownBuilds(expander, store),
    save: () => store.save(),
  };
}

/** The folder that all worktrees of a repository share. Asking Git would take longer than the cache takes to read. */
function gitFolder(root: string): string | undefined {
  const place = join(root, '.git');
  try {
    if (statSync(place).isDirectory()) return place;
    // Of worktrees and submodules it is a file that says where the folder is.
    const [, named] = /^gitdir: (.*)$/m.exec(readFileSync(place, 'utf8')) ?? [];
    return named === undefined ? undefined : commonFolder(resolve(root, named));
  } catch {
    return undefined;
  }
}

function commonFolder(folder: string): string {
  try {
    return resolve(folder, readFileSync(join(folder, 'commondir'), 'utf8').trim());
  } catch {
    return folder;
  }
}
