import { lineStarts } from '../edit/apply-edits.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Range } from '../values/range.ts';
import { starMatcher } from '../values/star.ts';

/** A comment that accepts findings: `# plumbline-ignore RULE[, RULE]: reason`. */
export interface IgnoreComment {
  readonly rules: readonly string[];
  /** `''` where none is given: the comment then accepts nothing. */
  readonly reason: string;
  /** The line whose findings it accepts; undefined for the whole file. */
  readonly line: number | undefined;
  readonly range: Range;
}

const WORD = 'plumbline-ignore';
const COMMENT = /(?:^|[ \t])#[ \t]*plumbline-ignore(-file)?(?=[\s:]|$)[ \t]*([^\r\n:]*)(?::[ \t]*([^\r\n]*))?/gm;

/** The comments of a text. One that stands alone on its line is about the next line that is no comment; otherwise about its own. */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes(WORD)) return [];
  const starts = lineStarts(text);
  const comments: IgnoreComment[] = [];
  let line = 0;
  for (const match of text.matchAll(COMMENT)) {
    const hash = match.index + match[0].indexOf('#');
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= hash) line++;
    const lineStart = starts[line] ?? 0;
    const isAlone = text.slice(lineStart, hash).trim() === '';
    const isFile = match[1] !== undefined;
    const column = hash - lineStart + 1;
    comments.push({
      rules: (match[2] ?? '').split(/[\s,]+/).filter((rule) => rule !== ''),
      reason: (match[3] ?? '').trim(),
      line: isFile ? undefined : isAlone ? nextContentLine(text, starts, line) : line + 1,
      range: { line: line + 1, column, endLine: line + 1, endColumn: column + match[0].trim().length },
    });
  }
  return comments;
}

function nextContentLine(text: string, starts: readonly number[], from: number): number {
  for (let line = from + 1; line < starts.length; line++) {
    const content = text.slice(starts[line], starts[line + 1]).trim();
    if (content !== '' && !content.startsWith('#')) return line + 1;
  }
  return from + 1;
}

/** Whether the file's text is worth a look: tells by the texts of its documents, which are there already. */
export function mayIgnore(file: ParsedFile): boolean {
  return file.documents.some((document) => document.text.includes(WORD));
}

/** Whether a rule's id is one of those named: by id, by alias, or by a pattern (`api/*`). */
export function ruleMatcher(names: readonly string[], aliasesOf: (rule: string) => readonly string[]): (rule: string) => boolean {
  const matchers = names.map(starMatcher);
  return (rule) => matchers.some((matches) => matches(rule) || aliasesOf(rule).some(matches));
}
