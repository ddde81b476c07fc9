import type { Issue } from '../api.ts';

/** Where and what; offset -1 stands nowhere in the text. */
export interface RawIssue {
  readonly offset: number;
  readonly message: string;
}

const MOST_ISSUES = 100;
const LONGEST_SNIPPET = 16_384;

/** Issues in order of place, and the text in which the server puts them. */
export function reportIssues(text: string, raw: readonly RawIssue[]): { readonly issues: readonly Issue[]; readonly message: string } {
  const placed = raw.slice(0, MOST_ISSUES).map((issue) => place(text, issue));
  placed.sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = placed.map((issue) => display(text, issue));
  if (raw.length > MOST_ISSUES) lines.push(`${raw.length - MOST_ISSUES} more errors were truncated`);
  return { issues: placed, message: lines.join('\n') };
}

function place(text: string, { offset, message }: RawIssue): Issue {
  if (offset < 0) return { message, offset: 0, line: -1, column: 0 };
  // Of a text without lines the server shows none.
  if (text === '') return { message, offset: 0, line: 1, column: 0 };
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    message,
    offset,
    line: before.split('\n').length,
    column: Array.from(before.slice(lineStart)).length + 1,
  };
}

function display(text: string, issue: Issue): string {
  const head = `ERROR: <input>:${issue.line}:${issue.column}: ${issue.message}`;
  const snippet = issue.column < 1 ? undefined : text.split('\n')[issue.line - 1]?.replaceAll('\t', ' ');
  if (snippet === undefined || snippet.length > LONGEST_SNIPPET) return head;
  // Wide characters are marked by wide marks.
  const characters = Array.from(snippet);
  const dots = characters.slice(0, issue.column - 1).map((each) => (isAscii(each) ? '.' : '\uff0e'));
  const at = characters[issue.column - 1];
  const mark = at === undefined || isAscii(at) ? '^' : '\uff3e';
  return `${head}\n | ${snippet}\n | ${dots.join('')}${mark}`;
}

function isAscii(character: string): boolean {
  return (character.codePointAt(0) ?? 0) < 0x80;
}
