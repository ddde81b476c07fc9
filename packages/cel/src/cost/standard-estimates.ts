import type { EstimatedCall, EstimatedCost } from './estimated-call.ts';
import { ONE, plus, scaled, times } from './interval.ts';
import { PATTERN, TRAVERSAL } from './runtime-cost.ts';

/** What cel-go estimates for an overload of the language itself, without its arguments; undefined where it is 1. */
export function standardEstimate({ overload, target, args }: EstimatedCall): EstimatedCost | undefined {
  const [first, second] = args;
  if (first === undefined) return undefined;
  const { size } = first;
  switch (overload) {
    case 'string_format':
      return target && { cost: scaled(target.size, TRAVERSAL) };
    case 'string_to_bytes':
      return { cost: scaled(size, TRAVERSAL), resultSize: { min: size.min, max: size.max * 4 } };
    case 'bytes_to_string':
      return { cost: scaled(size, TRAVERSAL), resultSize: { min: Math.floor(size.min / 4), max: size.max } };
    case 'strings_quote':
      return { cost: scaled(size, TRAVERSAL), resultSize: { min: size.min + 2, max: size.max * 2 + 2 } };
    case 'starts_with_string':
    case 'ends_with_string':
      return { cost: scaled(size, TRAVERSAL) };
    case 'in_list':
      return second && { cost: scaled(second.size, 1) };
    case 'matches':
      return second && { cost: times(scaled(plus(size, ONE), TRAVERSAL), scaled(second.size, PATTERN)) };
    case 'matches_string':
      return target && { cost: times(scaled(plus(target.size, ONE), TRAVERSAL), scaled(size, PATTERN)) };
    case 'contains_string':
      return target && { cost: times(scaled(target.size, TRAVERSAL), scaled(size, TRAVERSAL)) };
    case 'add_string':
    case 'add_bytes': {
      const sum = second && plus(size, second.size);
      return sum && { cost: scaled(sum, TRAVERSAL), resultSize: sum };
    }
    case 'add_list':
      return second && { cost: ONE, resultSize: plus(size, second.size) };
    default:
      if (second === undefined || !COMPARED.test(overload)) return undefined;
      return { cost: compared(size.max, second.size.max) };
  }
}

const COMPARED = /^(?:equals|not_equals|(?:less|greater)(?:_equals)?_(?:string|bytes))$/;

function compared(left: number, right: number): { readonly min: number; readonly max: number } {
  const most = Math.min(left, right);
  return scaled({ min: most > 0 ? 1 : 0, max: most }, TRAVERSAL);
}
