import { expect, test } from 'vitest';
import { FIRST_LOOK } from './first-look.ts';

const file = (text: string) => ({ path: 'a.json', bytes: new TextEncoder().encode(text) });

test('a blob of git-crypt is known by its first ten bytes', () => {
  expect(FIRST_LOOK.isGitCrypt(file('\0GITCRYPT\0\u0001\u0002'))).toBe(true);
  expect(FIRST_LOOK.isGitCrypt(file('\0GITCRYPT'))).toBe(false);
  expect(FIRST_LOOK.isGitCrypt(file('kind: Secret\n'))).toBe(false);
  expect(FIRST_LOOK.isGitCrypt(file(''))).toBe(false);
});

test("JSON of other tools holds no member of an object's type", () => {
  expect(FIRST_LOOK.mayBeManifest(file('{"name": "web", "version": "1.0.0"}'), false)).toBe(false);
  expect(FIRST_LOOK.mayBeManifest(file('{"kind": "Deployment"}'), false)).toBe(true);
  expect(FIRST_LOOK.mayBeManifest(file('{"kind": "app"}'), true)).toBe(false);
  expect(FIRST_LOOK.mayBeManifest(file('{"apiVersion": "v1", "kind": "List"}'), true)).toBe(true);
});
