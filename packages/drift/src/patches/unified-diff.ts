import { type LineChange, lineChanges } from './line-changes.ts';

export interface DiffOptions {
  /** Lines that must not be shown, as context or as a change. By default none. */
  readonly isHidden?: (line: string) => boolean;
}

/** Why two texts cannot be shown: a change, or the only context that would hold it in its place, is hidden. */
export const HIDDEN = 'hidden';

const CONTEXT = 3;

/** The hunks of a unified diff, `''` where the texts are equal. `git apply` and `patch` take it behind the names of the files. */
export function unifiedDiff(before: string, after: string, { isHidden = () => false }: DiffOptions = {}): string | typeof HIDDEN {
  const [a, b] = [linesOf(before), linesOf(after)];
  const changes = lineChanges(a, b);
  const isShown = (line: string | undefined): boolean => line !== undefined && !isHidden(line);
  const parts: string[] = [];
  for (const group of grouped(changes, a, isShown)) {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const lead = count(CONTEXT, (step) => isShown(a[first.from - step]));
    const end = last.from + last.fromCount;
    const trail = count(CONTEXT, (step) => isShown(a[end + step - 1]));
    const shown = group.every((change) => [...removed(a, change), ...added(b, change)].every(isShown));
    // Without a line behind it a hunk is taken for the end of the file.
    if (!shown || (trail === 0 && end < a.length)) return HIDDEN;
    parts.push(hunk(a, b, group, { start: first.from - lead, end: end + trail }));
  }
  return parts.join('');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function removed(lines: readonly string[], { from, fromCount }: LineChange): readonly string[] {
  return lines.slice(from, from + fromCount);
}

function added(lines: readonly string[], { to, toCount }: LineChange): readonly string[] {
  return lines.slice(to, to + toCount);
}

function count(most: number, holds: (step: number) => boolean): number {
  let steps = 0;
  while (steps < most && holds(steps + 1)) steps++;
  return steps;
}

/** Changes whose contexts touch are one hunk. */
function grouped(
  changes: readonly LineChange[],
  lines: readonly string[],
  isShown: (line: string | undefined) => boolean,
): readonly (readonly LineChange[])[] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    const end = last === undefined ? 0 : last.from + last.fromCount;
    const joins = last !== undefined && change.from - end <= 2 * CONTEXT && lines.slice(end, change.from).every(isShown);
    if (joins) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(
  a: readonly string[],
  b: readonly string[],
  group: readonly LineChange[],
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const lines: string[] = [];
  let at = start;
  let grown = 0;
  const put = (sign: string, line: string): void => {
    lines.push(line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`);
  };
  for (const change of group) {
    for (const line of a.slice(at, change.from)) put(' ', line);
    for (const line of removed(a, change)) put('-', line);
    for (const line of added(b, change)) put('+', line);
    at = change.from + change.fromCount;
    grown += change.toCount - change.fromCount;
  }
  for (const line of a.slice(at, end)) put(' ', line);
  const shift = (group[0]?.to ?? 0) - (group[0]?.from ?? 0);
  return `@@ -${range(start, end - start)} +${range(start + shift, end - start + grown)} @@\n${lines.join('')}`;
}

/** Lines from 1; of no lines, the one before. */
function range(start: number, length: number): string {
  const first = length === 0 ? start : start + 1;
  return length === 1 ? `${first}` : `${first},${length}`;
}
