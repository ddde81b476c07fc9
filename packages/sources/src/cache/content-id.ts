import type { SourceFile } from '@plumbline/core';
import { blobId } from '../blob-id.ts';

const ids = new WeakMap<SourceFile, string>();

/** Names the bytes of a file as Git names them where its objects are SHA-1. */
export function contentId(file: SourceFile): string {
  if (file.id !== undefined) return file.id;
  let id = ids.get(file);
  if (id === undefined) {
    id = blobId(file.bytes);
    ids.set(file, id);
  }
  return id;
}
