import type { Range } from '../values/range.ts';

/** Lines of a text by their starts; a line ends with LF (CR LF too). */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** 0-based line and column of an index. */
  at(index: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: index - (this.starts[low] ?? 0) };
  }

  /** The range from `start` to `end`, moved down by `lines`; columns on the first line move by `columns`. */
  range(start: number, end: number, lines = 0, columns = 0): Range {
    const from = this.at(start);
    const to = this.at(Math.max(start, end));
    return {
      line: from.line + lines + 1,
      column: from.column + (from.line === 0 ? columns : 0) + 1,
      endLine: to.line + lines + 1,
      endColumn: to.column + (to.line === 0 ? columns : 0) + 1,
    };
  }
}
