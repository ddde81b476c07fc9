import type { Range } from '@plumbline/core';
import { lineRange, linesOf } from './text-lines.ts';

/** A merge conflict that Git left in a text: its opening marker and the 1-based line of its closing one. */
export interface Conflict {
  readonly marker: Range;
  readonly endLine: number;
}

/** The conflicts in a text. Git writes the markers at the start of a line, so an indented one is content. */
export function conflictsIn(text: string): readonly Conflict[] {
  if (!text.includes('<<<<<<< ') || !text.includes('>>>>>>>')) return [];
  const conflicts: Conflict[] = [];
  let open: number | undefined;
  let divided = false;
  let opening = '';
  for (const [index, line] of linesOf(text).entries()) {
    if (line.startsWith('<<<<<<< ')) {
      open = index;
      opening = line;
      divided = false;
    } else if (line === '=======' && open !== undefined) divided = true;
    else if (/^>>>>>>>( |$)/.test(line) && open !== undefined && divided) {
      conflicts.push({ marker: lineRange(open, 0, opening.length), endLine: index + 1 });
      open = undefined;
    }
  }
  return conflicts;
}
