import { closest, isObject, type JsonValue, member } from '@plumbline/core';
import type { ChartReads } from './chart-reads.ts';

export interface UnusedValue {
  readonly path: readonly string[];
  readonly message: string;
}

/** Values that the chart never looks at; of a mapping that it does not look at as a whole, the mapping. */
export function unusedValues(value: JsonValue | undefined, reads: ChartReads, path: readonly string[] = []): readonly UnusedValue[] {
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((key): readonly UnusedValue[] => {
    const at = [...path, key];
    if (reads.isRead(at)) return unusedValues(member(value, key), reads, at);
    const near = closest(
      key,
      reads.keysAt(path).filter((other) => member(value, other) === undefined),
    );
    const hint = near === undefined ? '' : `, did you mean "${near}"?`;
    return [{ path: at, message: `the chart reads no value "${at.join('.')}"${hint}` }];
  });
}
