import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '@plumbline/core';
import { type FileChange, gitPatch, HIDDEN } from '@plumbline/drift';
import { hiddenLines } from './hidden-lines.ts';

/** The changes of files as one patch that `git apply` takes; and the files that it leaves out, since a value of a Secret would show. */
export function patchText(
  changes: readonly FileChange[],
  resources: readonly Resource[],
  root: string,
): { readonly text: string; readonly hidden: readonly string[] } {
  const parts: string[] = [];
  const hidden: string[] = [];
  for (const change of changes) {
    const isHidden = hiddenLines(
      [change.before, change.after].filter((text) => text !== undefined),
      resources,
    );
    const made = gitPatch(withMark(change, root), { isHidden });
    if (made === HIDDEN) hidden.push(change.path);
    else parts.push(made);
  }
  return { text: parts.join(''), hidden };
}

const BOM = '\uFEFF';

/** Texts are read without the byte order mark that a file of the working tree may begin with; a patch has to name it. */
function withMark(change: FileChange, root: string): FileChange {
  const place = join(root, change.path);
  const { before, after } = change;
  if (before === undefined || !existsSync(place) || readFileSync(place).toString('utf8') !== `${BOM}${before}`) return change;
  return { ...change, before: `${BOM}${before}`, after: after === undefined ? undefined : `${BOM}${after}` };
}
