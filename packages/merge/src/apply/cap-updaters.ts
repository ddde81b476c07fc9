import { compareText } from '../value.ts';
import { union } from './field-set.ts';
import { type ManagedFields, ownerId } from './managed-fields.ts';
import type { Managed } from './update.ts';

/** So many entries of updates the server keeps. */
const LIMIT = 10;

/** With the oldest updates of a version in one entry, where there are more than the server keeps. */
export function capUpdaters(managed: ManagedFields): ManagedFields {
  const updaters = [...managed.managers].filter(([, { isApplied }]) => !isApplied);
  if (updaters.length <= LIMIT) return managed;
  const managers = new Map(managed.managers);
  const times = new Map(managed.times);
  const secondsOf = (id: string): number => Math.floor((Date.parse(times.get(id) ?? '') || 0) / 1000);
  updaters.sort(([a], [b]) => secondsOf(a) - secondsOf(b) || compareText(a, b));
  const firstOf = new Map<string, readonly [id: string, set: Managed]>();
  for (const [id, set] of updaters) {
    if (countUpdaters(managers) <= LIMIT) break;
    const first = firstOf.get(set.version);
    if (first === undefined) {
      firstOf.set(set.version, [id, set]);
      continue;
    }
    const bucket = ownerId({ manager: 'ancient-changes', operation: 'Update', subresource: '' }, set.version);
    let old = managers.get(bucket);
    if (old === undefined) {
      old = first[1];
      managers.delete(first[0]);
    }
    managers.delete(id);
    managers.set(bucket, { ...set, fields: union(set.fields, old.fields) });
    const time = times.get(id);
    if (time === undefined) times.delete(bucket);
    else times.set(bucket, time);
  }
  return { managers, times };
}

function countUpdaters(managers: ReadonlyMap<string, Managed>): number {
  let count = 0;
  for (const { isApplied } of managers.values()) if (!isApplied) count++;
  return count;
}
