import type { SourceFile } from '@plumbline/core';
import { type Ask, Blobs, type SeenBlobs } from './blobs.ts';
import type { Entry } from './git-entries.ts';

/** What the next commit will hold. */
export interface GitIndex {
  /** In Git's order. Of a file with conflicts it is ours. */
  readonly entries: readonly Entry[];
  find(path: string): Entry | undefined;
  readonly blobs: Blobs;
}

/** Opens the index; it is listed once, when somebody asks for it. */
export function openIndex(root: string, ask: Ask, seen?: SeenBlobs): GitIndex {
  let entries: readonly Entry[] | undefined;
  let byPath: ReadonlyMap<string, Entry> | undefined;
  const list = (): readonly Entry[] => {
    entries ??= listed(ask);
    return entries;
  };
  return {
    get entries() {
      return list();
    },
    find(path) {
      byPath ??= new Map(list().map((entry) => [entry.path, entry]));
      return byPath.get(path);
    },
    blobs: new Blobs(ask, { seen, root }),
  };
}

/** `MODE OBJECT STAGE`, a tab and the path. */
function listed(ask: Ask): Entry[] {
  const entries: Entry[] = [];
  for (const line of ask(['ls-files', '--stage', '-z', '--full-name', ':/']).toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    const stage = line.charAt(tab - 1);
    if (tab > 0 && (stage === '0' || stage === '2')) {
      const space = line.indexOf(' ');
      entries.push({ path: line.slice(tab + 1), mode: line.slice(0, space), object: line.slice(space + 1, tab - 2) });
    }
  }
  return entries;
}

/** Files for builds, whatever their names. What lies beside one is likely to be asked for next. */
export function inputsOfIndex(index: GitIndex, isLikely: (path: string) => boolean): (path: string) => SourceFile | undefined {
  const known = new Map<string, SourceFile | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const entry = index.find(path);
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const beside =
        entry === undefined ? [] : index.entries.filter((other) => other.path.startsWith(folder) && isFile(other) && isLikely(other.path));
      const wanted = entry === undefined || !isFile(entry) ? [] : [entry, ...beside.filter((other) => other !== entry).slice(0, 200)];
      known.set(path, undefined);
      for (const file of index.blobs.open(wanted)) if (known.get(file.path) === undefined) known.set(file.path, file);
    }
    return known.get(path);
  };
}

export function isFile({ mode }: Entry): boolean {
  return mode.startsWith('100');
}
