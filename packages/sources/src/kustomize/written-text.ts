import type { Range } from '@plumbline/core';
import type { Mark, Role } from './mark.ts';

/** A text that nodes are read from, and where its characters stand in a file. */
export class WrittenText {
  readonly file: string;
  readonly role: Role;
  readonly text: string;
  private readonly place: ((line: number, column: number) => { line: number; column: number }) | undefined;
  private starts: number[] | undefined;

  /** `place` says where a line and column of the text (both 1-based) are in the file, where the text is a part of it. */
  constructor(file: string, role: Role, text: string, place?: (line: number, column: number) => { line: number; column: number }) {
    this.file = file;
    this.role = role;
    this.text = text;
    this.place = place;
  }

  range(start: number, end: number): Range {
    const from = this.at(start);
    const to = this.at(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  private at(index: number): { line: number; column: number } {
    this.starts ??= lineStarts(this.text);
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const line = low + 1;
    const column = index - (starts[low] ?? 0) + 1;
    return this.place === undefined ? { line, column } : this.place(line, column);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A stretch of a text. */
export class TextMark implements Mark {
  readonly written: WrittenText;
  readonly start: number;
  readonly end: number;

  constructor(written: WrittenText, start: number, end: number) {
    this.written = written;
    this.start = start;
    this.end = end;
  }

  get file(): string {
    return this.written.file;
  }

  get role(): Role {
    return this.written.role;
  }

  range(): Range {
    return this.written.range(this.start, this.end);
  }
}

/**
 * The text of a scalar that lies in a file (an inline patch). The lines of a literal block stand where they stand; any other
 * scalar is one place as a whole.
 */
export function embeddedText(fileText: string, at: Mark, role: Role, text: string): WrittenText {
  const whole = at.range();
  const lines = fileText.split('\n');
  const header = lines[whole.line - 1]?.slice(whole.column - 1) ?? '';
  const own = text.split('\n');
  const first = own.findIndex((line) => line.trim() !== '');
  const skipped = lines.slice(whole.line).findIndex((line) => line.trim() !== '');
  const outer = lines[whole.line + skipped] ?? '';
  const written = own[first] ?? '';
  if (header.startsWith('|') && first >= 0 && skipped >= 0 && outer.trim() === written.trim()) {
    const indent = widthOf(outer) - widthOf(written);
    const line0 = whole.line + skipped + 1 - first;
    return new WrittenText(at.file, role, text, (line, column) => ({ line: line0 + line - 1, column: column + indent }));
  }
  const { line, column } = whole;
  // A scalar on one line without escapes: its characters stand behind its quote.
  const quote = header.startsWith('"') || header.startsWith("'") ? 1 : 0;
  const isPlainLine = whole.endLine === line && header.slice(quote).startsWith(text);
  return new WrittenText(at.file, role, text, (inner, offset) =>
    isPlainLine && inner === 1 ? { line, column: column + quote + offset - 1 } : { line, column },
  );
}

function widthOf(line: string): number {
  return line.length - line.trimStart().length;
}
