import type { FileAt } from '@plumbline/core';
import { contentId } from './content-id.ts';
import type { Store } from './store.ts';

/** What was made of some files: their paths and ids in turn (null for one that was not there), and what came of it. */
interface Line {
  readonly files: readonly (string | null)[];
  readonly value: unknown;
}

/** Many small values that are needed in every run: one entry of the store, since one long text is read faster than thousands of short ones. */
export interface Ledger {
  remember<T>(key: string, fileAt: FileAt, make: (fileAt: FileAt) => T): T;
}

export function openLedger(store: Store, name: string): Ledger {
  let known: Readonly<Record<string, Line>> | undefined;
  // Only lines that are asked for stay: those of files that are gone go.
  const used = new Map<string, Line>();
  let isChanged = false;
  const change = (): void => {
    if (!isChanged) store.put(name, () => JSON.stringify(Object.fromEntries(used)));
    isChanged = true;
  };
  return {
    remember<T>(key: string, fileAt: FileAt, make: (fileAt: FileAt) => T): T {
      known ??= JSON.parse(store.get(name) ?? '{}') as Readonly<Record<string, Line>>; // as written below
      const line = Object.hasOwn(known, key) ? known[key] : undefined;
      if (line !== undefined && isSame(line, fileAt)) {
        used.set(key, line);
        return line.value as T; // what `make` of this key gave
      }
      const files = new Map<string, string | null>();
      const value = make((path) => {
        const file = fileAt(path);
        if (!files.has(path)) files.set(path, file === undefined ? null : contentId(file));
        return file;
      });
      used.set(key, { files: [...files].flat(), value });
      change();
      return value;
    },
  };
}

function isSame({ files }: Line, fileAt: FileAt): boolean {
  for (let at = 0; at < files.length; at += 2) {
    const file = fileAt(String(files[at]));
    if ((file === undefined ? null : contentId(file)) !== files[at + 1]) return false;
  }
  return true;
}
