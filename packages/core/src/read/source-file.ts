/**
 * A file as it was read. `path` is relative to the repository's root, with forward slashes (`-` for standard input).
 * The engine memoises by the identity of this object: pass the same object for an unchanged file and only changed files are read again.
 */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Names the bytes, where somebody has given them a name: the same id, the same bytes. */
  readonly id?: string;
  /** What a program printed, of a whole cluster maybe: it may be longer than what people write. */
  readonly isPrinted?: boolean;
}
