import { Minimatch } from 'minimatch';
import { ConfigError } from './errors.ts';

/** So many patterns may the braces of one glob stand for. */
const MOST_BRACES = 1000;

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
