import { isEqual, isObject, type JsonValue, member, stringify } from '@plumbline/core';
import type { Type } from '@plumbline/schema';

/** Which items of a keyed list or set are the same on both sides. Indexes. */
export interface PairedItems {
  readonly pairs: readonly (readonly [desired: number, live: number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/**
 * Pairs by the keys of a `map` list, by value in a `set`. An item whose only difference is a key, and whose live form is none of ours,
 * is the same item with its key changed.
 */
export function pairItems(
  desired: readonly JsonValue[],
  live: readonly JsonValue[],
  type: Type,
  isForeign: (index: number) => boolean,
): PairedItems {
  const keysOf = (item: JsonValue): string =>
    stringify(type.list === 'set' || !isObject(item) ? item : type.keys.map((key) => member(item, key) ?? null));
  const byKeys = new Map<string, number[]>();
  const twins = new Set<number>();
  for (const [index, item] of live.entries()) {
    const keys = keysOf(item);
    const same = byKeys.get(keys);
    if (same === undefined) byKeys.set(keys, [index]);
    else {
      same.push(index);
      for (const one of same) twins.add(one);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  const free = new Set(live.keys());
  const missing: number[] = [];
  for (const [index, item] of desired.entries()) {
    const same = byKeys.get(keysOf(item)) ?? [];
    // Of twins the one that is equal, else the one in the same place.
    const at = twins.has(same[0] ?? -1) ? (same.find((one) => isEqual(live[one], item)) ?? same.find((one) => one === index)) : undefined;
    const found = at ?? same[0];
    if (found === undefined) missing.push(index);
    else {
      pairs.push([index, found]);
      free.delete(found);
      same.splice(same.indexOf(found), 1);
    }
  }
  if (type.list === 'map')
    for (const index of [...missing]) {
      // A twin of an item of ours is as foreign as one whose keys nobody has: managedFields tell items by their keys.
      const found = [...free].find((one) => (isForeign(one) || twins.has(one)) && isSameButKeys(desired[index], live[one], type.keys));
      if (found === undefined) continue;
      pairs.push([index, found]);
      free.delete(found);
      missing.splice(missing.indexOf(index), 1);
    }
  return { pairs, missing, extra: [...free] };
}

/**
 * Equal but for one key, and with something beside the keys that shows it. The live item may have a scalar more: what the server
 * allocates, as a port of the nodes.
 */
function isSameButKeys(desired: JsonValue | undefined, live: JsonValue | undefined, keys: readonly string[]): boolean {
  if (!isObject(desired) || !isObject(live)) return false;
  const others = Object.keys(desired).filter((name) => !keys.includes(name));
  const changed = keys.filter((key) => !isEqual(member(desired, key), member(live, key)));
  const isMore = Object.keys(live).some((name) => typeof live[name] === 'object' && !Object.hasOwn(desired, name));
  return others.length > 0 && changed.length === 1 && !isMore && others.every((name) => isEqual(member(desired, name), member(live, name)));
}
