import type { Resource } from '@plumbline/core';
import { type FileChange, gitPatch, HIDDEN } from '@plumbline/drift';
import { hiddenLines } from './hidden-lines.ts';

/** The changes of files as one patch that `git apply` takes; and the files that it leaves out, since a value of a Secret would show. */
export function patchText(
  changes: readonly FileChange[],
  resources: readonly Resource[],
): { readonly text: string; readonly hidden: readonly string[] } {
  const parts: string[] = [];
  const hidden: string[] = [];
  for (const change of changes) {
    const isHidden = hiddenLines(
      [change.before, change.after].filter((text) => text !== undefined),
      resources,
    );
    const made = gitPatch(change, { isHidden });
    if (made === HIDDEN) hidden.push(change.path);
    else parts.push(made);
  }
  return { text: parts.join(''), hidden };
}
