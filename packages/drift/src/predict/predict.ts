import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, setMember, valueAt } from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import { asTaken } from '../desired.ts';
import type { Drift } from '../drift.ts';
import { asRead, type KindPorts } from '../object-drift.ts';
import { putAt } from './set-at.ts';

/**
 * The live object with every change of class drift made, and nothing else: what a patch has to give. A server adds its defaults to what
 * comes in (`predicted`).
 */
export function patched(live: JsonObject, changes: readonly DriftChange[]): JsonObject {
  return asObject(withoutItems(edited(live, changes).object, changes));
}

/**
 * The live object after the source is applied: as `patched`, and each place that was changed as the server stores it, with its defaults.
 * What the server counts (generation, resourceVersion, managedFields, status) stays as it is.
 */
export function predicted(live: JsonObject, changes: readonly DriftChange[], ports: KindPorts): JsonObject {
  const { object, places } = edited(live, changes);
  const stored = ports.defaulted(asObject(object));
  let at = object;
  for (const place of places) {
    const value = valueAt(stored, place);
    if (value !== undefined) at = putAt(at, place, { op: 'set', value });
    // The server writes the name of the account in its older field too.
    const older = place.at(-1) === 'serviceAccountName' ? [...place.slice(0, -1), 'serviceAccount'] : undefined;
    if (older !== undefined && value !== undefined && valueAt(at, older) !== undefined) at = putAt(at, older, { op: 'set', value });
  }
  return asObject(withoutItems(at, changes));
}

/** The object of a pair after apply: of a missing one as it will be created; undefined where there will be none, or nobody knows. */
export function predictedOf({ desired, actual, status, changes }: Drift, ports: KindPorts): JsonObject | undefined {
  if (status === 'missing') return desired === undefined ? undefined : ports.defaulted(asTaken(desired.object));
  if (actual === undefined || status === 'extra' || status === 'not-evaluated') return undefined;
  return predicted(asRead(actual.object, ports), changes, ports);
}

/** Everything but the removal of list items, after which indexes mean something else; and where it was done. */
function edited(live: JsonObject, changes: readonly DriftChange[]): { readonly object: JsonValue; readonly places: readonly FieldPath[] } {
  let object: JsonValue = live;
  const places: FieldPath[] = [];
  const wanted = changes.filter((change) => change.class === 'drift');
  // Items that come in at the end last: none moves before it was changed.
  for (const { live: path, op, after } of [...wanted.filter(isNoAppend), ...wanted.filter((change) => !isNoAppend(change))]) {
    if (op === 'remove') {
      if (typeof path.at(-1) === 'number') continue;
      object = putAt(object, path, { op: 'remove' });
      places.push(path);
      continue;
    }
    const isItem = op === 'add' && (path.at(-1) === '-' || typeof path.at(-1) === 'number');
    const list = isItem ? valueAt(object, path.slice(0, -1)) : undefined;
    places.push(path.at(-1) === '-' ? [...path.slice(0, -1), isArray(list) ? list.length : 0] : path);
    object = putAt(object, places.at(-1) ?? [], { op: isItem ? 'insert' : 'set', value: withoutNulls(after ?? null) });
  }
  return { object, places };
}

function isNoAppend({ live }: DriftChange): boolean {
  return live.at(-1) !== '-';
}

/** The items that go: the inner ones first, and of a list the last ones first. */
function withoutItems(object: JsonValue, changes: readonly DriftChange[]): JsonValue {
  return changes
    .filter((change) => change.class === 'drift' && change.op === 'remove' && typeof change.live.at(-1) === 'number')
    .map(({ live }) => live)
    .sort((a, b) => b.length - a.length || Number(b.at(-1)) - Number(a.at(-1)))
    .reduce((at: JsonValue, path) => putAt(at, path, { op: 'remove' }), object);
}

/** A server takes a null in what comes in for nothing. */
function withoutNulls(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const own = value[key] ?? null;
    if (own !== null) setMember(copy, key, withoutNulls(own));
  }
  return copy;
}

function asObject(value: JsonValue): JsonObject {
  return isObject(value) ? value : {};
}
