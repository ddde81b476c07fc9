import type { InputReader } from '@plumbline/core';

/** Files given as texts by path, for tests and for whoever has them in memory. */
export function memoryReader(files: Readonly<Record<string, string>>): InputReader {
  const encoder = new TextEncoder();
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, { path, bytes: encoder.encode(text) }]));
  const folders = new Set(['']);
  for (const path of sources.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) folders.add(path.slice(0, slash));
  }
  const filesBelow = (folder: string): readonly string[] =>
    [...sources.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`)).sort();
  return {
    read: (path) => sources.get(path),
    isFolder: (path) => folders.has(path),
    filesBelow,
    list: filesBelow,
  };
}
