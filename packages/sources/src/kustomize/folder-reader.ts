import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import type { FileReader } from './loader.ts';

/** Reads a folder of the disk; each file once, so that many builds share what was read of it. */
export function folderReader(root: string): FileReader {
  const files = new Map<string, SourceFile | undefined>();
  const folders = new Map<string, boolean>();
  return {
    read(path) {
      if (!files.has(path)) files.set(path, readFile(root, path));
      return files.get(path);
    },
    isFolder(path) {
      let is = folders.get(path);
      if (is === undefined) {
        is = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
        folders.set(path, is);
      }
      return is;
    },
  };
}

function readFile(root: string, path: string): SourceFile | undefined {
  const place = join(root, path);
  if (statSync(place, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return { path, bytes: new Uint8Array(readFileSync(place)) };
}
