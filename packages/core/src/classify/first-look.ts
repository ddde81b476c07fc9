import type { SourceFile } from '../read/source-file.ts';

/** What the bytes of a file tell before it is parsed. */
export interface FirstLook {
  /** Whether git-crypt keeps the file: without its key a checkout holds bytes that begin with its mark. */
  isGitCrypt(file: SourceFile): boolean;
  /** Whether a JSON file holds what makes a manifest: files of other tools are not worth parsing. `isTool`: its name is that of another tool's file. */
  mayBeManifest(file: SourceFile, isTool: boolean): boolean;
}

/** Looks at the bytes each time. */
export const FIRST_LOOK: FirstLook = {
  isGitCrypt: ({ bytes }) => bytes[0] === 0 && GIT_CRYPT.every((code, index) => bytes[index] === code),
  mayBeManifest({ bytes }, isTool) {
    // UTF-16 is worth it.
    if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0) return true;
    const hasKind = includes(bytes, KIND);
    return isTool ? hasKind && includes(bytes, API_VERSION) : hasKind || includes(bytes, API_VERSION);
  },
};

const codesOf = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));
const GIT_CRYPT = codesOf('\0GITCRYPT\0');
const API_VERSION = codesOf('"apiVersion"');
const KIND = codesOf('"kind"');

function includes(bytes: Uint8Array, word: readonly number[]): boolean {
  const second = word[1] ?? 0;
  for (let at = bytes.indexOf(34); at >= 0; at = bytes.indexOf(34, at + 1)) {
    if (bytes[at + 1] === second && word.every((code, index) => bytes[at + index] === code)) return true;
  }
  return false;
}
