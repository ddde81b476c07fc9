import { expect, test } from 'vitest';
import { githubOwners, gitlabOwners } from './code-owners.ts';

/** Of some paths, those that have an owner. */
const owned = (hasOwner: (path: string) => boolean, paths: string): string => paths.split(' ').filter(hasOwner).join(' ');

// From the examples of https://docs.github.com/articles/about-code-owners and of .gitignore.
test.each([
  ['* @a', 'x.yaml a/b/x.yaml', 'x.yaml a/b/x.yaml'],
  ['*.js @a', 'x.js a/x.js x.ts', 'x.js a/x.js'],
  ['/build/logs/ @a', 'build/logs/x build/logs/a/x a/build/logs/x build/logs', 'build/logs/x build/logs/a/x'],
  ['docs/* a@example.com', 'docs/x docs/a/x a/docs/x', 'docs/x'],
  ['apps/ @a', 'apps/x a/apps/x apps/a/b/x apps', 'apps/x a/apps/x apps/a/b/x'],
  ['/docs/ @a', 'docs/x docs/a/x a/docs/x', 'docs/x docs/a/x'],
  ['/apps/github @a', 'apps/github apps/github/x apps/githubs', 'apps/github apps/github/x'],
  ['**/logs @a', 'logs/x a/logs/b/x', 'logs/x a/logs/b/x'],
  ['a/**/live @a', 'a/live/x a/b/c/live/x b/live/x', 'a/live/x a/b/c/live/x'],
  ['live @a', 'live/x a/live a/live/x alive/x', 'live/x a/live a/live/x'],
  ['* @a\n/apps/ @b\n/apps/github', 'x apps/x apps/github/x', 'x apps/x'],
  ['* @a # all\n# /live\n/live # nobody', 'x live/x', 'x'],
  ['!live @a\n[ab] @a', 'live/x a b', ''],
  ['a\\ b/ @org/team', 'a/x b/x', ''],
  ['live/ nobody', 'live/x', ''],
  ['e?v/li* @a', 'env/live/x e/live/x', 'env/live/x'],
])('GitHub: %j owns, of %s, %s', (text, paths, expected) => {
  expect(owned(githubOwners(text), paths)).toBe(expected);
});

test('a blank after a backslash belongs to the path', () => {
  expect(githubOwners('/a\\ b/ @a')('a b/x')).toBe(true);
  expect(gitlabOwners('/a\\ b/ @a')('a b/x')).toBe(true);
});

// From https://docs.gitlab.com/user/project/codeowners/reference/ and its pages on pattern matching.
test.each([
  ['* @a', 'x a/b/x .gitignore', 'x a/b/x .gitignore'],
  ['README.md @a', 'README.md a/README.md', 'README.md a/README.md'],
  ['internal/README.md @a', 'internal/README.md a/internal/README.md', 'internal/README.md a/internal/README.md'],
  ['/docs/ @a', 'docs/x docs/a/x a/docs/x', 'docs/x docs/a/x'],
  ['/docs @a', 'docs docs/x', 'docs'],
  ['/docs/* @a', 'docs/x docs/a/x', 'docs/x'],
  ['/docs/**/*.md @a', 'docs/x.md docs/a/b/x.md docs/x', 'docs/x.md docs/a/b/x.md'],
  ['/docs/** @a', 'docs/x docs/a/x', 'docs/x'],
  ['lib/ @a', 'lib/x a/lib/b/x', 'lib/x a/lib/b/x'],
  ['* @a\n/live/', 'x live/x', 'x'],
  ['* @a\n[Live]\n/live/', 'x live/x', 'x live/x'],
  ['^[Live][2] @a\n/live/\n/live/b/ @b', 'x live/x live/b/x', 'live/x live/b/x'],
  ['[One] @a\n/a/\n[Two]\n/b/\n[ONE] @a\n/c/', 'a/x b/x c/x', 'a/x c/x'],
  ['* @a\n!/live/\n/live/x @b', 'x live/x', 'x'],
  ['\\#x @@maintainer\n# y @a', '#x y', '#x'],
])('GitLab: %j owns, of %s, %s', (text, paths, expected) => {
  expect(owned(gitlabOwners(text), paths)).toBe(expected);
});

test('a pattern of many stars ends', () => {
  const hostile = `${'**/'.repeat(200)}${'*a'.repeat(200)}b @a`;
  expect(githubOwners(hostile)(`${'x/'.repeat(200)}${'a'.repeat(2000)}`)).toBe(false);
});
