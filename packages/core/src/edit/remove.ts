import type { FieldPath } from '../values/field-path.ts';
import { isArray } from '../values/json.ts';
import type { OffsetEdit } from './text-map.ts';
import { colonOf, columnOf, dashOf, lastLineOf, type Writing } from './writing.ts';

/** Takes a member or an item out of the text, with its block and its lines. */
export function removeEdits(writing: Writing, path: FieldPath): readonly OffsetEdit[] | undefined {
  const parent = path.slice(0, -1);
  if (path.length === 0) return undefined;
  const edit = writing.isFlow(parent) ? removeFromFlow(writing, path, parent) : undefined;
  if (edit !== undefined) return [edit];
  if (writing.isFlow(parent)) return undefined;
  const isItem = typeof path[path.length - 1] === 'number';
  const start = isItem ? dashOf(writing, path) : writing.key(path).start;
  if (start === undefined) return undefined;
  const { map } = writing;
  const first = map.lineOf(start);
  const last = lastLineOf(writing, path, start);
  const siblings = writing.children(parent);
  if (siblings.length === 1) return emptied(writing, parent, start, map.lineEnd(last), isItem);
  const before = map.text.slice(map.lineStart(first), start);
  if (before.trim() === '') return [{ start: map.lineStart(first), end: map.lineStart(last + 1), newText: '' }];
  // The first member of a list's item: the next one moves up behind the dash.
  const next = siblings[siblings.findIndex((child) => child.start === start) + 1];
  if (isItem || next === undefined || map.text.slice(map.lineEnd(last), next.start).trim() !== '') return undefined;
  return [{ start, end: next.start, newText: '' }];
}

function removeFromFlow(writing: Writing, path: FieldPath, parent: FieldPath): OffsetEdit | undefined {
  const siblings = writing.children(parent);
  const own = typeof path[path.length - 1] === 'number' ? writing.span(path).start : writing.key(path).start;
  const index = siblings.findIndex((child) => child.start === own);
  if (index < 0) return undefined;
  const next = siblings[index + 1];
  if (next !== undefined) return { start: own, end: next.start, newText: '' };
  const before = siblings[index - 1];
  const end = writing.span(path).end;
  return { start: before === undefined ? own : writing.span(before.path).end, end, newText: '' };
}

/** The last member goes: what is left is an empty collection behind its key, not an empty field. */
function emptied(writing: Writing, parent: FieldPath, start: number, end: number, isItem: boolean): readonly OffsetEdit[] | undefined {
  const { map } = writing;
  const empty = isItem || isArray(writing.value(parent)) ? '[]' : '{}';
  const name = parent[parent.length - 1];
  if (typeof name !== 'string') return [{ start, end, newText: empty }];
  const colon = colonOf(writing, parent);
  if (colon === undefined || map.lineOf(colon) === map.lineOf(start)) return undefined;
  const firstLine = map.lineStart(map.lineOf(start));
  if (map.text.slice(firstLine, start).trim() !== '') return undefined;
  if (columnOf(map, start) < columnOf(map, writing.key(parent).start)) return undefined;
  return [
    { start: colon, end: colon, newText: ` ${empty}` },
    { start: firstLine, end: map.lineStart(map.lineOf(end) + 1), newText: '' },
  ];
}
