import { basename } from 'node:path';
import type { SourceFile } from '@plumbline/core';
import { LeftOutList } from './left-out.ts';
import { readBytes } from './read-bytes.ts';
import { walk } from './walk.ts';

/** The configuration files of the whole repository: what may be looked up. A file of `known` is given as that same object. */
export async function readAround(root: string, known: readonly SourceFile[] = []): Promise<readonly SourceFile[]> {
  return readSome(root, known, () => true);
}

/**
 * The files that say what other files are (kustomizations, charts), for a run that judges a part of the repository:
 * cheaper than all of it, since only they are read.
 */
export async function readContext(root: string, known: readonly SourceFile[] = []): Promise<readonly SourceFile[]> {
  return readSome(root, known, (path) => /^(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(basename(path)));
}

async function readSome(root: string, known: readonly SourceFile[], wants: (path: string) => boolean): Promise<readonly SourceFile[]> {
  const byPath = new Map(known.map((file) => [file.path, file]));
  const files: SourceFile[] = [];
  for (const { path, place } of await walk('', { root, leftOut: new LeftOutList() })) {
    if (!wants(path)) continue;
    const same = byPath.get(path);
    if (same !== undefined) files.push(same);
    else {
      const bytes = readBytes(place);
      if (typeof bytes !== 'string') files.push({ path, bytes });
    }
  }
  return files;
}
