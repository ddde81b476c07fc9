import type { JsonObject } from '@plumbline/core';
import { listIn } from '../values.ts';

/** The items of a list of strings, with their indexes. A null item is an empty text; one of another type is for the schema to refuse. */
export function* textsIn(object: JsonObject | undefined, key: string): Generator<readonly [text: string, index: number]> {
  const items = listIn(object, key);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (typeof item === 'string') yield [item, index];
    else if (item === null) yield ['', index];
  }
}

/** Whether a list has `*` and something else, which the server takes for a slip. */
export function isWildcardBesideOthers(object: JsonObject, key: string): boolean {
  const items = listIn(object, key);
  return items.length > 1 && items.includes('*');
}
