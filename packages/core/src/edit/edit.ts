import type { Document } from '../read/document.ts';
import { parse } from '../read/parse.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isEqual, type JsonValue } from '../values/json.ts';
import { addEdit } from './add.ts';
import { applyChanges } from './apply-changes.ts';
import { applyEdits } from './apply-edits.ts';
import type { Change, TextEdit } from './change.ts';
import { removeEdits } from './remove.ts';
import { renderScalar } from './render-yaml.ts';
import { quoteOf, replaceEdit } from './replace.ts';
import type { OffsetEdit } from './text-map.ts';
import { type Writing, writingOf } from './writing.ts';

/**
 * The text edits that make `changes` (paths from `root`) in a document, comments and layout kept; undefined where that
 * is not certain. Certain means read again: the edited text gives the changed value and nothing else.
 */
export function toEdits(document: Document, root: FieldPath, changes: readonly Change[]): readonly TextEdit[] | undefined {
  if (document.value === undefined || document.value === null || document.problems.some((problem) => problem.level !== 'note'))
    return undefined;
  const full = root.length === 0 ? changes : changes.map((change) => rooted(change, root));
  const expected = applyChanges(document.value, full);
  if (expected === undefined) return undefined;
  const writing = writingOf(document);
  const made: OffsetEdit[] = [];
  for (const change of full) {
    const edits = editsOf(writing, change);
    if (edits === undefined) return undefined;
    made.push(...edits);
  }
  if (made.length === 0 || overlap(made)) return undefined;
  const edits = made.map((edit) => writing.map.toTextEdit(edit));
  return reads(document, edits, expected) ? edits : undefined;
}

function rooted(change: Change, root: FieldPath): Change {
  const path = [...root, ...change.path];
  return change.from === undefined ? { ...change, path } : { ...change, path, from: [...root, ...change.from] };
}

function editsOf(writing: Writing, change: Change): readonly OffsetEdit[] | undefined {
  const { path } = change;
  switch (change.op) {
    case 'remove':
      return removeEdits(writing, path);
    case 'rename':
      return one(renameEdit(writing, path, change.key ?? ''));
    case 'replace':
      return change.after === undefined ? undefined : one(replaceEdit(writing, path, change.after));
    case 'add':
      return change.after === undefined ? undefined : one(addEdit(writing, path, change.after));
    case 'move':
      return change.from === undefined ? undefined : moveEdits(writing, change.from, path);
  }
}

function one(edit: OffsetEdit | undefined): readonly OffsetEdit[] | undefined {
  return edit === undefined ? undefined : [edit];
}

function renameEdit(writing: Writing, path: FieldPath, key: string): OffsetEdit | undefined {
  const span = writing.key(path);
  const old = writing.map.text.slice(span.start, span.end);
  return old === '' || /[\r\n]/.test(old) ? undefined : { ...span, newText: renderScalar(key, quoteOf(old)) };
}

function moveEdits(writing: Writing, from: FieldPath, path: FieldPath): readonly OffsetEdit[] | undefined {
  const name = path[path.length - 1];
  const isSibling = from.length === path.length && from.slice(0, -1).every((step, index) => step === path[index]);
  if (isSibling && typeof name === 'string') return one(renameEdit(writing, from, name));
  const moved = writing.value(from);
  const removed = removeEdits(writing, from);
  const added = moved === undefined ? undefined : addEdit(writing, path, moved);
  return removed === undefined || added === undefined ? undefined : [...removed, added];
}

function overlap(edits: readonly OffsetEdit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((edit, index) => index > 0 && edit.start < (sorted[index - 1]?.end ?? 0));
}

/** Whether the edited text reads as the expected value: once more through the reader, so that no layout can mislead. */
function reads(document: Document, edits: readonly TextEdit[], expected: JsonValue): boolean {
  const { line, column } = document.range;
  const local = edits.map((edit) => ({
    ...edit,
    line: edit.line - line + 1,
    endLine: edit.endLine - line + 1,
    column: edit.line === line ? edit.column - column + 1 : edit.column,
    endColumn: edit.endLine === line ? edit.endColumn - column + 1 : edit.endColumn,
  }));
  const text = applyEdits(document.text, local);
  const again = parse({ path: document.file.path, bytes: new TextEncoder().encode(text) }).filter((other) => other.value !== null);
  const only = again[0];
  return again.length === 1 && only?.problems.every((problem) => problem.level === 'note') === true && isEqual(only.value, expected);
}
