import type { FieldPath } from '../values/field-path.ts';
import type { JsonValue } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import type { SourceFile } from './source-file.ts';

/** What reading found wrong with a document. `bound`: an alias, depth or size limit; `strict`: values are usable, a strict reader refuses. */
export interface ReadProblem {
  readonly code:
    | 'syntax'
    | 'encoding'
    | 'tab-indent'
    | 'merge-conflict'
    | 'undefined-alias'
    | 'duplicate-anchor'
    | 'duplicate-key'
    | 'invalid-key'
    | 'invalid-value'
    | 'bound-alias'
    | 'bound-depth'
    | 'bound-size';
  /** Whether the value is missing because of it (`fatal`) or only a strict reader refuses (`strict`), or it is merely worth a word (`note`). */
  readonly level: 'fatal' | 'strict' | 'note';
  readonly message: string;
  readonly range: Range;
}

/** One `---` part of a file (or one JSON value), read as Kubernetes reads it. */
export interface Document {
  readonly file: SourceFile;
  /** 0-based among the documents of the file, empty ones included. */
  readonly index: number;
  /** Undefined when it could not be read, null when it is empty. */
  readonly value: JsonValue | undefined;
  /** Whether the value is a mapping, where that is known without making it. */
  readonly isMapping?: boolean;
  readonly problems: readonly ReadProblem[];
  readonly range: Range;
  /** The document's own text, decoded. */
  readonly text: string;
  /** The range of the field's key or value; where `path` leads nowhere, of the key of the deepest mapping that exists on the way. Parsed on first use. */
  rangeOf(path: FieldPath, part?: 'key' | 'value'): Range;
}
