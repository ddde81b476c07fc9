import type { Past, SourceFile } from '@plumbline/core';
import type { Blobs } from './blobs.ts';
import { type Blob, type Changed, LINK, SUBMODULE } from './git-entries.ts';

/** What stood at the paths of a listing of changes before them. */
export function pastOf(changes: readonly Changed[], blobs: Blobs): Past {
  const before = new Map<string, Blob | undefined>();
  const changed = new Map<string, boolean>();
  const note = (path: string, mode: string, object: string): void => {
    const isThere = mode !== NOTHING && mode !== SUBMODULE && mode !== LINK;
    if (changed.get(path) === true && !isThere) return;
    changed.set(path, isThere);
    before.set(path, isThere ? { path, object } : undefined);
  };
  for (const { path, from, status, before: old } of changes) {
    if (from === undefined) note(path, old.mode, old.object);
    else {
      // What was renamed stood at its old path, and is gone from there; a copy left it.
      note(path, NOTHING, '');
      if (status === 'R') note(from, old.mode, old.object);
    }
  }
  let files: ReadonlyMap<string, SourceFile> | undefined;
  return {
    changed,
    read(path) {
      // All at once: what one rule asks of one file another will ask of the next.
      files ??= new Map(blobs.open([...before.values()].flatMap((blob) => blob ?? [])).map((file) => [file.path, file]));
      return files.get(path);
    },
  };
}

const NOTHING = '000000';
