import type { SourceFile } from '@plumbline/core';

const ids = new WeakMap<SourceFile, string>();

/** Names the bytes of a file as Git names them where its objects are SHA-1. */
export function contentId(file: SourceFile): string {
  if (file.id !== undefined) return file.id;
  let id = ids.get(file);
  if (id === undefined) {
    const { bytes } = file;
    id = process.getBuiltinModule('node:crypto').createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    ids.set(file, id);
  }
  return id;
}
