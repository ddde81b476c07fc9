import type { JsonValue, Problem } from '@plumbline/core';
import type { Place } from '../place.ts';

/** A fix that leaves no choice: another spelling of the value at the place. */
export function respelt(place: Place, before: JsonValue, after: JsonValue, title: string): Partial<Problem> {
  return { fix: { title, safe: true, changes: [{ op: 'replace', path: place.path(), before, after }] } };
}
