import { addTo, type Finding, type TextEdit } from '@plumbline/core';

/** Fixes that can be made together. */
export interface PickedFixes {
  /** By file. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly count: number;
}

/** The fixes of findings of which none touches what another one edits: the first ones win, the others wait for the next round. Of fixes that are the same one is made. */
export function pickFixes(findings: readonly Finding[]): PickedFixes {
  const edits = new Map<string, TextEdit[]>();
  const seen = new Set<string>();
  let count = 0;
  for (const { fix } of findings) {
    if (fix === undefined || fix.edits.length === 0) continue;
    const key = JSON.stringify(fix.edits);
    if (seen.has(key)) {
      count++;
      continue;
    }
    if (fix.edits.some((edit) => (edits.get(edit.file) ?? []).some((other) => touches(edit, other)))) continue;
    seen.add(key);
    count++;
    for (const { file, ...edit } of fix.edits) {
      addTo(edits, file, edit);
    }
  }
  return { edits, count };
}

function touches(a: TextEdit, b: TextEdit): boolean {
  const isBefore = (one: TextEdit, other: TextEdit): boolean =>
    one.endLine < other.line || (one.endLine === other.line && one.endColumn < other.column);
  return !isBefore(a, b) && !isBefore(b, a);
}
