import { isArray, isObject, type JsonObject, type JsonValue, member, setMember, toDotted } from '@plumbline/core';
import { MergeError, type ServerApplied, serverSideApply, type Topology } from '@plumbline/merge';
import { driftOfObject, isApplier, type KindPorts } from '../object-drift.ts';
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
  managers: readonly string[],
): ApplyPatch {
  const configuration = configurationOf(desired);
  const manager = managers[0] ?? applierOf(live) ?? 'plumbline';
  if (member(live.metadata, 'managedFields') === undefined)
    return { configuration, manager, conflicts: [], notes: ['conflicts are not known: the live object does not say who owns what'] };
  const ask = (isForced: boolean): ServerApplied => serverSideApply(live, configuration, topology, { manager, isForced });
  try {
    const first = ask(false);
    const conflicts = first.conflicts.map(({ owner, field }) => ({ manager: owner.manager, field: field.replace(/^\./, '') }));
    const forced = conflicts.length === 0 ? first : ask(true);
    const left = 'object' in forced ? driftOfObject(desired, forced.object, ports, { managers }).changes : [];
    const stays = left.filter((change) => change.class === 'drift' && change.op === 'remove');
    return {
      configuration,
      manager,
      conflicts,
      notes: stays.map(
        ({ path, owner }) =>
          `${toDotted(path)} stays: ${owner === undefined ? 'it' : `${owner.manager} (${owner.operation})`} owns it, and an apply by ${manager} does not remove it`,
      ),
    };
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    return { configuration, manager, conflicts: [], notes: [`conflicts are not worked out: ${error.message}`] };
  }
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
