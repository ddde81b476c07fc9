import type { Document } from '../read/document.ts';
import type { Range } from '../values/range.ts';
import { lineStarts } from './apply-edits.ts';
import type { TextEdit } from './change.ts';

/** A replacement by offsets in a document's own text. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A document's text with its lines; offsets are into that text, ranges are those of the file. */
export interface TextMap {
  readonly text: string;
  lineOf(offset: number): number;
  /** Offset at which the line begins, and the one past its last character without the line break. */
  lineStart(line: number): number;
  lineEnd(line: number): number;
  readonly lineCount: number;
  offsets(range: Range): { start: number; end: number };
  toTextEdit(edit: OffsetEdit): TextEdit;
}

export function textMapOf(document: Document): TextMap {
  const { text, range } = document;
  const starts = lineStarts(text);
  const offsetOf = (line: number, column: number): number => {
    const local = line - range.line;
    const from = local === 0 ? column - range.column : column - 1;
    return Math.max(0, Math.min((starts[local] ?? text.length) + from, text.length));
  };
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const place = (offset: number): { line: number; column: number } => {
    const line = lineOf(offset);
    const column = offset - (starts[line] ?? 0);
    return { line: line + range.line, column: column + (line === 0 ? range.column : 1) };
  };
  return {
    text,
    lineOf,
    lineCount: starts.length,
    lineStart: (line) => starts[line] ?? text.length,
    lineEnd(line) {
      let end = starts[line + 1] ?? text.length;
      while (end > (starts[line] ?? 0) && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
      return end;
    },
    offsets: (given) => ({ start: offsetOf(given.line, given.column), end: offsetOf(given.endLine, given.endColumn) }),
    toTextEdit(edit) {
      const from = place(edit.start);
      const to = place(edit.end);
      return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, newText: edit.newText };
    },
  };
}
