import { expect, test } from 'vitest';
import { isGitCrypt } from './git-crypt.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a blob of git-crypt is known by its first ten bytes', () => {
  expect(isGitCrypt(bytes('\0GITCRYPT\0\u0001\u0002'))).toBe(true);
  expect(isGitCrypt(bytes('\0GITCRYPT'))).toBe(false);
  expect(isGitCrypt(bytes('kind: Secret\n'))).toBe(false);
  expect(isGitCrypt(bytes(''))).toBe(false);
});
