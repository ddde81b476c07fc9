import { toPointer } from '@plumbline/core';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';

const OF_VALUES: readonly unknown[] = ['schema/invalid', 'schema/enum-case', 'schema/missing-required'];

/** What the schema says of a value that the server takes as it is, or drops before it looks at it. What it cannot even decode stays. */
export function takeBack(place: Place, { verdict }: Judgement): void {
  const pointer = toPointer(place.path());
  for (let index = verdict.problems.length - 1; index >= 0; index--) {
    const { rule, path = [] } = verdict.problems[index] ?? {};
    const at = toPointer(path);
    if (OF_VALUES.includes(rule) && (at === pointer || at.startsWith(`${pointer}/`))) verdict.problems.splice(index, 1);
  }
}
