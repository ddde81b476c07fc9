import type { SourceFile } from '@plumbline/core';
import type { LeftOutList } from './left-out.ts';
import { MAX_FILE_BYTES } from './read-bytes.ts';

/** A path with the object that Git keeps for it. */
export interface Blob {
  readonly path: string;
  readonly object: string;
}

export interface Entry extends Blob {
  readonly mode: string;
}

/** One path of a `--raw -z` listing. `from`: its path before it was renamed. An object of zeros is one that Git has not stored yet. */
export interface Changed extends Entry {
  readonly before: { readonly mode: string; readonly object: string };
  /** A, C, D, M, R, T. */
  readonly status: string;
  readonly from?: string;
}

export const SUBMODULE = '160000';
export const LINK = '120000';

/** `:MODE MODE OBJECT OBJECT STATUS`, then the path, or two where it was renamed; NUL-separated, whatever is in a name. */
export function rawEntries(output: Buffer): Changed[] {
  const parts = output.toString('utf8').split('\0');
  const entries: Changed[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [modeBefore = '', mode = '', objectBefore = '', object = '', status = ''] = (parts[index] ?? '').split(' ');
    const first = parts[index + 1] ?? '';
    const isMoved = status.startsWith('R') || status.startsWith('C');
    if (isMoved) index++;
    entries.push({
      path: isMoved ? (parts[index + 1] ?? '') : first,
      mode,
      object,
      before: { mode: modeBefore.replace(/^:/, ''), object: objectBefore },
      status: status.charAt(0),
      ...(isMoved ? { from: first } : {}),
    });
  }
  return entries;
}

/** The files of some objects, by one call of Git: the answers come in the order asked, each with its size before it. */
export function readBlobs(
  ask: (args: readonly string[], input: string) => Buffer,
  blobs: readonly Blob[],
  leftOut: LeftOutList,
): SourceFile[] {
  if (blobs.length === 0) return [];
  const output = ask(['cat-file', '--batch'], blobs.map((entry) => `${entry.object}\n`).join(''));
  const files: SourceFile[] = [];
  let at = 0;
  for (const { path } of blobs) {
    const end = output.indexOf(10, at);
    const header = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    const size = Number(header[2]);
    if (header[1] !== 'blob' || !Number.isSafeInteger(size)) {
      leftOut.add('unreadable', path);
      continue;
    }
    if (size > MAX_FILE_BYTES) leftOut.add('too-large', path);
    else files.push({ path, bytes: new Uint8Array(output.subarray(at, at + size)) });
    at += size + 1;
  }
  return files;
}
