import { type Finding, type Report, secretMaskOf } from '@plumbline/core';
import { columnWidth } from './column-width.ts';
import type { RenderOptions } from './options.ts';
import { printable } from './printable.ts';
import { maskedLine } from './secret-line.ts';

/** The offending line and the carets below it; `before` is what the line number's gutter takes. */
export interface Excerpt {
  readonly number: string;
  readonly line: string;
  readonly carets: string;
}

/** Gives excerpts of one report; splits each file's text once. */
export function createExcerpts(report: Report, options: RenderOptions): (finding: Finding) => Excerpt | undefined {
  const split = new Map<string, readonly string[] | undefined>();
  const linesOf = (file: string): readonly string[] | undefined => {
    if (!split.has(file)) split.set(file, linesIn(options.sources?.(file)));
    return split.get(file);
  };
  const width = options.width === undefined || options.width <= 0 ? 160 : options.width;
  return (finding) => {
    const at = finding.location;
    const lines = at === null ? undefined : linesOf(at.file);
    const written = at === null ? undefined : lines?.[at.line - 1];
    if (at === null || lines === undefined || written === undefined || written.trim() === '') return undefined;
    const shown = maskedLine(lines, at.line, { kind: finding.resource?.kind, isBroken: finding.class === 'broken' }, secretMaskOf(report));
    if (shown === undefined) return undefined;
    const number = String(at.line);
    const end = at.endLine === at.line ? at.endColumn : written.trimEnd().length + 1;
    return clip(number, shown, at.column - 1, Math.max(end - 1, at.column), width - number.length - 7);
  };
}

/** Lines as positions count them. A carriage return alone ends no line there but does in YAML: of such a file none is shown. */
function linesIn(text: string | undefined): readonly string[] | undefined {
  return text === undefined || /\r(?!\n)/.test(text) ? undefined : text.split(/\r?\n/);
}

function clip(number: string, text: string, from: number, to: number, room: number): Excerpt {
  const start = Math.min(from, text.length);
  const end = Math.max(Math.min(to, text.trimEnd().length), start + 1);
  // Where the line is too long, the part that holds the finding, with some of what stands before it. Measured as it is shown.
  const fits = end <= 4 * room && columnWidth(spaced(text.slice(0, end))) < room;
  const left = fits || columnWidth(spaced(text.slice(0, 4 * room))) <= room ? 0 : startOf(text, start, Math.floor(room / 3));
  let right = left;
  let used = left > 0 ? 1 : 0;
  while (right < text.length) {
    const next = String.fromCodePoint(text.codePointAt(right) ?? 0);
    used += columnWidth(spaced(next));
    if (used > room - 1) break;
    right += next.length;
  }
  if (right === text.length - 1) right = text.length;
  const head = left > 0 ? '…' : '';
  const line = `${head}${spaced(text.slice(left, right))}${right < text.length ? '…' : ''}`.trimEnd();
  const pad = columnWidth(head) + columnWidth(spaced(text.slice(left, start)));
  const span = columnWidth(spaced(text.slice(start, Math.min(end, Math.max(right, start + 1)))));
  return { number, line, carets: `${' '.repeat(pad)}${'^'.repeat(Math.max(span, 1))}` };
}

/** Where to begin so that what stands before `start` takes no more than these columns. Never inside of a character. */
function startOf(text: string, start: number, columns: number): number {
  let at = start;
  for (let used = 0; at > 0; ) {
    const isPair = at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff;
    const before = at - (isPair ? 2 : 1);
    used += columnWidth(spaced(text.slice(before, at)));
    if (used > columns) break;
    at = before;
  }
  return at;
}

function spaced(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}
