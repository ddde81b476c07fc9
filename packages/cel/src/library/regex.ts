import { byPattern } from '../cost/runtime-cost.ts';
import type { Context } from '../eval/context.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { ArrayList } from '../value/list.ts';
import { isInt } from '../value/numbers.ts';
import type { Value } from '../value/value.ts';
import { declare, type Implementation, type Library } from './function.ts';
import { patternOf } from './patterns.ts';

function matchesIn(text: Value | undefined, source: Value | undefined, limit: number, context: Context): readonly string[] | CelError {
  if (typeof text !== 'string' || typeof source !== 'string') return noSuchOverload();
  const pattern = patternOf(source, context);
  if (isError(pattern))
    return new CelError(pattern.class === 'runtime' ? `Illegal regex: ${pattern.message}` : pattern.message, pattern.class);
  const found: string[] = [];
  const matcher = pattern.matcher(text);
  let last = -1;
  while (found.length < limit && matcher.find()) {
    // Nothing, found where a match has just ended, is no match to Go.
    if (matcher.end() > matcher.start() || matcher.start() !== last) found.push(matcher.group() ?? '');
    last = matcher.end();
  }
  return found;
}

const find: Implementation = ([text, source], context) => {
  const found = matchesIn(text, source, 1, context);
  return isError(found) ? found : (found[0] ?? '');
};

const findAll: Implementation = ([text, source, limit = -1], context) => {
  if (!isInt(limit)) return noSuchOverload();
  const found = matchesIn(text, source, limit < 0 ? Number.POSITIVE_INFINITY : Number(limit), context);
  return isError(found) ? found : new ArrayList(found);
};

/** What a pattern finds in a text. */
export function regex(): Library {
  return {
    functions: [
      declare('find', [['string_find_string', 'string.(string): string', find]], byPattern),
      declare(
        'findAll',
        [
          ['string_find_all_string', 'string.(string): list(string)', findAll],
          ['string_find_all_string_int', 'string.(string, int): list(string)', findAll],
        ],
        byPattern,
      ),
    ],
  };
}
