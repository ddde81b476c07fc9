import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InputReader, SourceFile } from '@plumbline/core';
import { listOfFolder } from '../read-input.ts';

/** Reads a folder of the disk; each file once, so that many builds share what was read of it. */
export function folderReader(root: string): InputReader {
  const files = new Map<string, SourceFile | undefined>();
  const folders = new Map<string, boolean>();
  return {
    list: listOfFolder(root),
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
    filesBelow: (folder) => yamlBelow(root, folder).sort(),
  };
}

function yamlBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === '.git' ? [] : yamlBelow(root, path);
    return entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name) ? [path] : [];
  });
}

function readFile(root: string, path: string): SourceFile | undefined {
  const place = join(root, path);
  if (statSync(place, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return { path, bytes: new Uint8Array(readFileSync(place)) };
}
