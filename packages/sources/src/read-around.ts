import type { SourceFile } from '@plumbline/core';
import { LeftOutList } from './left-out.ts';
import { readBytes } from './read-bytes.ts';
import { walk } from './walk.ts';

/** The configuration files of the whole repository: what may be looked up. A file of `known` is given as that same object. */
export async function readAround(root: string, known: readonly SourceFile[] = []): Promise<readonly SourceFile[]> {
  const byPath = new Map(known.map((file) => [file.path, file]));
  const files: SourceFile[] = [];
  for (const { path, place } of await walk('', { root, leftOut: new LeftOutList() })) {
    const same = byPath.get(path);
    if (same !== undefined) files.push(same);
    else {
      const bytes = readBytes(place);
      if (typeof bytes !== 'string') files.push({ path, bytes });
    }
  }
  return files;
}
