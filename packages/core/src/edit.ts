import type { Change, TextEdit } from './change.ts';
import type { Document } from './document.ts';
import type { FieldPath } from './field-path.ts';

/** The text edits that make `changes` (paths from `root`) in a document, or undefined where that is not certain. */
export function toEdits(_document: Document, _root: FieldPath, _changes: readonly Change[]): readonly TextEdit[] | undefined {
  return undefined;
}
