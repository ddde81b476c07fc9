import type { FirstLook } from './classify/first-look.ts';
import type { Document } from './document.ts';
import type { SourceFile } from './source-file.ts';

/** What is known of files without reading them again: what it says of a file is what parsing it, and looking at its bytes, would say. */
export interface Known extends FirstLook {
  documents(file: SourceFile): readonly Document[];
}
