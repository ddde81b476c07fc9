import { globOf } from './glob-of.ts';

/** Whether a repository path matches one of the patterns: gitignore-like globs from the root; a bare folder matches all below it. Throws `config-invalid`. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map(oneMatcher);
  if (matchers.length === 1) return matchers[0] ?? (() => false);
  return (path) => matchers.some((matches) => matches(path));
}

function oneMatcher(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  // Most patterns are a path or a folder: they need no library.
  if (!/[*?[\]{}!()+@\\]/.test(plain)) return (path) => plain === '' || plain === '.' || path === plain || path.startsWith(`${plain}/`);
  const matcher = globOf(plain);
  const below = plain.endsWith('**') ? undefined : globOf(`${plain}/**`);
  return (path) => matcher.match(path) || (below?.match(path) ?? false);
}
