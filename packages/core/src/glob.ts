import { Minimatch } from 'minimatch';
import { ConfigError } from './errors.ts';

/** So many patterns may the braces of one glob stand for. */
const MOST_BRACES = 1000;

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

/** A glob as the command, too, reads it. Throws `config-invalid` where it is too long, or its braces stand for too much. */
export function globOf(pattern: string): Pick<Minimatch, 'match'> {
  const unusable = (why: string): ConfigError =>
    new ConfigError('config-invalid', `the glob "${pattern.length > 40 ? `${pattern.slice(0, 40)}…` : pattern}" cannot be used: ${why}`);
  let matcher: Minimatch;
  try {
    matcher = new Minimatch(pattern, { dot: true, nonegate: true, nocomment: true, braceExpandMax: MOST_BRACES + 1 });
  } catch (error) {
    throw unusable((error as Error).message); // the library throws nothing else
  }
  if (matcher.set.length > MOST_BRACES) throw unusable(`its braces stand for more than ${MOST_BRACES} patterns`);
  return matcher;
}
