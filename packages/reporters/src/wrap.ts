import { columnWidth } from './column-width.ts';

/** Lines of at most `width` columns, broken at spaces; the first starts with `first`, the others with `rest`. A width of 0 does not wrap. */
export function wrap(text: string, width: number, first: string, rest: string): string[] {
  if (width <= 0) return [`${first}${text}`];
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && columnWidth(line) + 1 + columnWidth(word) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
