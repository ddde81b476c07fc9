import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, setMember, toDotted, valueAt } from '@plumbline/core';
import { MergeError, type ServerApplied, serverSideApply, type Topology } from '@plumbline/merge';
import { isApplierMark } from '../applier-marks.ts';
import type { DriftChange } from '../change.ts';
import { driftOfObject, isApplier, type KindPorts } from '../object-drift.ts';
import { putAt } from '../predict/set-at.ts';
import { isServerOwned } from '../server-owned.ts';

/** What `kubectl apply --server-side` would be given, and what the server would say. */
export interface ApplyPatch {
  readonly configuration: JsonObject;
  /** Who applies: the manager that does already, else the one asked for. */
  readonly manager: string;
  /** Fields that others own with another value. */
  readonly conflicts: readonly { readonly manager: string; readonly field: string }[];
  readonly notes: readonly string[];
}

/** The desired object as an apply configuration: without what the server owns and without nulls, which say nothing. */
export function configurationOf(desired: JsonObject): JsonObject {
  const made = pruned(desired, []);
  return isObject(made) ? made : {};
}

export function applyPatchOf(
  desired: JsonObject,
  live: JsonObject,
  topology: Topology,
  ports: KindPorts,
  { managers, changes }: { readonly managers: readonly string[]; readonly changes: readonly DriftChange[] },
): ApplyPatch {
  const configuration = withMarks(asIgnored(configurationOf(desired), changes), live);
  const manager = managers[0] ?? applierOf(live) ?? 'plumbline';
  if (member(live.metadata, 'managedFields') === undefined)
    return { configuration, manager, conflicts: [], notes: ['conflicts are not known: the live object does not say who owns what'] };
  const ask = (isForced: boolean): ServerApplied => serverSideApply(live, configuration, topology, { manager, isForced });
  try {
    const first = ask(false);
    const conflicts = first.conflicts.map(({ owner, field }) => ({ manager: owner.manager, field: field.replace(/^\./, '') }));
    const forced = conflicts.length === 0 ? first : ask(true);
    const notes =
      'object' in forced
        ? [...whatStays(desired, forced.object, manager, ports, managers), ...whatDoubles(live, forced.object, changes)]
        : [];
    return { configuration, manager, conflicts, notes };
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    return { configuration, manager, conflicts: [], notes: [`conflicts are not worked out: ${error.message}`] };
  }
}

/** What is ignored stays as it is live: an apply without it could take it away. */
function asIgnored(configuration: JsonObject, changes: readonly DriftChange[]): JsonObject {
  let made: JsonValue = configuration;
  for (const { class: kind, op, path, before } of changes) {
    if (kind !== 'ignored' || isServerOwned(path)) continue;
    if (op === 'replace') made = putAt(made, path, { op: 'set', value: before ?? null });
    else if (op === 'add' && typeof path.at(-1) === 'string') made = putAt(made, path, { op: 'remove' });
  }
  return isObject(made) ? made : configuration;
}

/** With the marks by which whoever applies knows the object again: an apply without them would take them away. */
function withMarks(configuration: JsonObject, live: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = { ...(isObject(configuration.metadata) ? configuration.metadata : {}) };
  for (const kind of ['labels', 'annotations']) {
    const given = member(metadata, kind);
    const there = member(live.metadata, kind);
    for (const [key, value] of isObject(there) ? Object.entries(there) : []) {
      if (member(given, key) !== undefined || !isApplierMark(['metadata', kind, key], value, live, [])) continue;
      const own = metadata[kind];
      metadata[kind] = { ...(isObject(own) ? own : {}), [key]: value };
    }
  }
  return { ...configuration, metadata };
}

/** What is not desired any more and is there all the same, since somebody else owns it. */
function whatStays(
  desired: JsonObject,
  made: JsonObject,
  manager: string,
  ports: KindPorts,
  managers: readonly string[],
): readonly string[] {
  const left = driftOfObject(desired, ports.defaulted(made), ports, { managers }).changes.filter(
    (change) => change.class === 'drift' && change.op === 'remove',
  );
  return left.map(({ path, owner }) => {
    const who = owner === undefined ? 'somebody else' : `${owner.manager} (${owner.operation})`;
    return `${toDotted(path)} stays: ${who} owns it, and an apply by ${manager} does not remove it`;
  });
}

/** An item whose key was changed is another item to an apply, which puts the desired one beside it. */
function whatDoubles(live: JsonObject, made: JsonObject, changes: readonly DriftChange[]): readonly string[] {
  const lengthOf = (object: JsonObject, path: FieldPath): number => {
    const list = valueAt(object, path);
    return isArray(list) ? list.length : 0;
  };
  return changes.flatMap(({ class: kind, op, live: path }) => {
    const list = path.slice(0, -2);
    const isKey = kind === 'drift' && op === 'replace' && typeof path.at(-2) === 'number' && lengthOf(made, list) > lengthOf(live, list);
    return isKey
      ? [`the item whose ${path.at(-1)} was changed stays in ${toDotted(list)}, beside the desired one: a server may refuse the two`]
      : [];
  });
}

/** The manager that applies the object from the server's side already. */
function applierOf(live: JsonObject): string | undefined {
  const entries = member(live.metadata, 'managedFields');
  const names = (isArray(entries) ? entries : []).flatMap((entry) => {
    const manager = member(entry, 'manager');
    return member(entry, 'operation') === 'Apply' && typeof manager === 'string' && isApplier(manager) ? [manager] : [];
  });
  return names[0];
}

function pruned(value: JsonValue, path: readonly string[]): JsonValue {
  if (isArray(value)) return value.map((item) => pruned(item, [...path, '-']));
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const here = [...path, key];
    const own = value[key] ?? null;
    const isIdentity = here.length === 2 && path[0] === 'metadata' && (key === 'name' || key === 'namespace');
    if (own !== null && (isIdentity || !isServerOwned(here))) setMember(copy, key, pruned(own, here));
  }
  return copy;
}
