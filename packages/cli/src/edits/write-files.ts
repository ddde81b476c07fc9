import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '@plumbline/core';
import type { FileChange } from '@plumbline/drift';
import { isInside } from '@plumbline/sources';

const BOM = '\uFEFF';

/**
 * Writes changes of files to the working tree, each file whole. Nothing is written where one of them is not any more what was read, is no
 * UTF-8, or lies outside of `root`: throws `usage`.
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const ready = changes.map((change) => ({ ...change, place: join(root, change.path), mark: markOf(root, change) }));
  for (const { place, after, mark, path } of ready) {
    try {
      if (after === undefined) rmSync(place);
      else put(place, `${mark}${after}`);
    } catch (error) {
      throw new ConfigError('usage', `cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`, { cause: error }); // node:fs throws nothing else
    }
  }
}

/** The byte order mark that the file begins with, once it is sure that the file is what was read. */
function markOf(root: string, { path, before }: FileChange): string {
  const place = join(root, path);
  if (!isInside(place, root)) throw new ConfigError('usage', `${path} is outside of ${root}: it is not written`);
  const now = existsSync(place) ? readFileSync(place).toString('utf8') : undefined;
  const mark = now?.startsWith(BOM) === true ? BOM : '';
  if ((now === undefined ? undefined : now.slice(mark.length)) !== before)
    throw new ConfigError('usage', `${path} is not what was read, or no UTF-8: nothing is written`);
  return mark;
}

/** Beside it first, so that a file is never half written; through a link, and with the mode that it had. */
function put(place: string, text: string): void {
  if (!existsSync(dirname(place))) mkdirSync(dirname(place), { recursive: true });
  const mode = existsSync(place) ? statSync(place).mode : undefined;
  const unfinished = `${place}.${process.pid}`;
  writeFileSync(unfinished, text, mode === undefined ? {} : { mode });
  renameSync(unfinished, place);
}
