import { addTo, type LeftOut } from '@plumbline/core';

/** Why a file is not handed on. A folder that is left out as a whole counts once, its path ends in `/`. */
export type LeftOutReason =
  | 'not-configuration'
  | 'gitignored'
  | 'dependencies'
  | 'test-data'
  | 'too-large'
  | 'unreadable'
  | 'special-file'
  | 'symlink'
  | 'symlink-outside'
  | 'symlink-broken'
  | 'submodule';

/** Collects what is left out, by reason. */
export class LeftOutList {
  readonly #files = new Map<LeftOutReason, string[]>();

  add(reason: LeftOutReason, path: string): void {
    addTo(this.#files, reason, path);
  }

  /** By reason, files in order of path. */
  list(): readonly LeftOut[] {
    return [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, files]) => ({ reason, count: files.length, files: files.sort() }));
  }
}
