const MARK = [...'\0GITCRYPT\0'].map((character) => character.charCodeAt(0));

/** Whether git-crypt keeps the file: without its key a checkout holds bytes that begin with this mark. */
export function isGitCrypt(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && MARK.every((code, index) => bytes[index] === code);
}
