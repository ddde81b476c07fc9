import type { FirstLook } from '../classify/first-look.ts';
import type { Document } from './document.ts';
import type { SourceFile } from './source-file.ts';

/** Gives a file in sight by its path; undefined where there is none. */
export type FileAt = (path: string) => SourceFile | undefined;

/** What is known of files without reading them again: what it says of a file is what parsing it, and looking at its bytes, would say. */
export interface Known extends FirstLook {
  documents(file: SourceFile): readonly Document[];
  /**
   * What `make` gives; or what it gave under this key when all files that it asked for were the same. It must hang on nothing but the key and
   * those files, and be a value that JSON has.
   */
  remember<T>(key: string, fileAt: FileAt, make: (fileAt: FileAt) => T): T;
}
