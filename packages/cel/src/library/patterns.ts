import type { Pattern } from '../api.ts';
import type { Context } from '../eval/context.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import type { Implementation } from './function.ts';

/** The patterns that expressions name are few, and asked for again and again. */
const compiled = new Map<string, Pattern | CelError>();
const MOST_COMPILED = 1000;

/** A pattern, compiled once; an error where it is none. */
export function patternOf(source: string, context: Pick<Context, 'patterns'>): Pattern | CelError {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const library = context.patterns?.();
  if (library === undefined) return new CelError('no library for patterns was named', 'not-evaluable');
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  let pattern: Pattern | CelError;
  try {
    pattern = library.compile(source);
  } catch (problem) {
    pattern = new CelError(problem instanceof Error ? problem.message : String(problem));
  }
  compiled.set(source, pattern);
  return pattern;
}

export const matches: Implementation = ([text, source], context) => {
  if (typeof text !== 'string') return new CelError('no such overload: matches');
  if (typeof source !== 'string') return noSuchOverload();
  const pattern = patternOf(source, context);
  // An error is made anew: it takes the place at which it arises.
  return pattern instanceof CelError ? new CelError(pattern.message, pattern.class) : pattern.test(text);
};
