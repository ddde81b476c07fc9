import type { EvaluationError } from '../api.ts';
import type { CelError } from '../value/cel-error.ts';

/** Where the nodes of an expression begin and end in its text. */
export type Extents = ReadonlyMap<number, { readonly start: number; readonly end: number }>;

export function errorOf(error: CelError, extents: Extents): EvaluationError {
  return { class: error.class, message: error.message, range: error.node === undefined ? undefined : extents.get(error.node) };
}
