import type { SourceFile } from '@plumbline/core';
import { LeftOutList } from './left-out.ts';
import { readBytes } from './read-bytes.ts';
import { isTestData, walk } from './walk.ts';

/** The configuration files of the whole repository: what may be looked up. A file of `known` is given as that same object. */
export async function readAround(root: string, known: readonly SourceFile[] = []): Promise<readonly SourceFile[]> {
  const byPath = new Map(known.map((file) => [file.path, file]));
  const files: SourceFile[] = [];
  // Test data is looked up only for test data.
  const entersTestData = known.some((file) => isTestData(file.path));
  for (const { path, place } of await walk('', { root, leftOut: new LeftOutList(), entersTestData })) {
    const same = byPath.get(path);
    if (same !== undefined) files.push(same);
    else {
      const bytes = readBytes(place);
      if (typeof bytes !== 'string') files.push({ path, bytes });
    }
  }
  return files;
}
