import type { Range } from '@plumbline/core';

/** The lines of a text without their line ends (`\n`, `\r\n`, `\r`), in order. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The range of columns `from` to `to` (0-based, `to` exclusive) of a 0-based line. */
export function lineRange(line: number, from: number, to: number): Range {
  return { line: line + 1, column: from + 1, endLine: line + 1, endColumn: to + 1 };
}

/** What stands in `range`; only its first line when it has several. */
export function textIn(lines: readonly string[], range: Range): string {
  const line = lines[range.line - 1] ?? '';
  return line.slice(range.column - 1, range.endLine === range.line ? range.endColumn - 1 : undefined);
}
