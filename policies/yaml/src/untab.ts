import { type Fix, isEqual, parse, type SourceFile, type TextEdit } from '@plumbline/core';
import { lineRange, linesOf } from './text-lines.ts';

// Every runtime has it; the types of a runtime are kept out of the packs.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** How wide people mean a tab to be, the likeliest first. */
const WIDTHS = [2, 4, 8];

/**
 * The edits that put spaces in place of tabs in the indentation of a file, or undefined where that does not make it readable.
 * Safe when every width that reads gives the same values, and no text over several lines holds tabs of its own.
 */
export function untab(file: SourceFile, text: string): Fix | undefined {
  const lines = linesOf(text);
  const readings = WIDTHS.flatMap((width) => {
    const documents = parse({ path: file.path, bytes: new TextEncoder().encode(lines.map((line) => spaced(line, width)).join('\n')) });
    return documents.every(({ problems }) => problems.length === 0) ? [{ width, documents }] : [];
  });
  const [first, ...others] = readings;
  if (first === undefined) return undefined;
  const isCertain =
    !/[|>][-+0-9]*[ \t]*(?:#.*)?$/m.test(text) &&
    others.every(({ documents }) => documents.every((document, index) => isEqual(document.value, first.documents[index]?.value)));
  const edits: TextEdit[] = [];
  for (const [index, line] of lines.entries()) {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indent.includes('\t')) edits.push({ ...lineRange(index, 0, indent.length), newText: spaced(indent, first.width) });
  }
  return { title: 'indent with spaces', safe: isCertain, edits };
}

function spaced(line: string, width: number): string {
  return line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', ' '.repeat(width)));
}
