/** A stretch of text; lines and columns start at 1, columns count UTF-16 units, the end is exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A range in a file; `file` is relative to the repository, with forward slashes. */
export interface Location extends Range {
  readonly file: string;
}
