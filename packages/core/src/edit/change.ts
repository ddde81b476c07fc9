import type { FieldPath } from '../values/field-path.ts';
import type { JsonValue } from '../values/json.ts';
import type { Range } from '../values/range.ts';

/** One edit of an object. `rename` gives the last key of `path` the name `key`; `move` takes `from`. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'rename';
  readonly path: FieldPath;
  readonly from?: FieldPath;
  readonly key?: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** A replacement of a stretch of text. */
export interface TextEdit extends Range {
  readonly newText: string;
}

/** An offer to mend. `safe`: the meaning is certain; otherwise it is a suggestion. Fields by `changes`, text by `edits`. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly changes?: readonly Change[];
  readonly edits?: readonly TextEdit[];
}
