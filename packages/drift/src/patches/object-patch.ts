import {
  type FieldPath,
  isEqual,
  isObject,
  isSecretKind,
  type JsonObject,
  type JsonValue,
  member,
  type Resource,
  type ResourceRef,
  type SecretMask,
  stringify,
  toDotted,
  toPointer,
} from '@plumbline/core';
import {
  applyStrategicPatch,
  compareTyped,
  createMergePatch,
  createTwoWayPatch,
  isSameComparison,
  MergeError,
  type Topology,
} from '@plumbline/merge';
import { deducedTopology, topologyOf } from '@plumbline/schema';
import type { DriftChange } from '../change.ts';
import type { Drift } from '../drift.ts';
import { maskedObject, refOf } from '../entries.ts';
import { asRead, type DriftOptions, type KindPorts } from '../object-drift.ts';
import { patched, predictedOf } from '../predict/predict.ts';
import { applyPatchOf, configurationOf } from './apply-patch.ts';
import { jsonPatchOf } from './json-patch.ts';
import { isSecretPlace } from './secret-places.ts';
import { unifiedDiff } from './unified-diff.ts';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply' | 'unified';

/** The patch that makes of one live object what is desired. */
export interface ObjectPatch {
  readonly resource: ResourceRef;
  readonly status: 'missing' | 'changed' | 'extra';
  /** Operations, an object, or for `unified` text. Absent where there is none: `refused` says why. */
  readonly patch?: JsonValue;
  /** Of a JSON patch: what gives the live object back. */
  readonly inverse?: JsonValue;
  readonly refused?: string;
  /** Fields that the patch leaves out, with the reason. */
  readonly withheld?: readonly { readonly path: string; readonly why: string }[];
  /** Of an apply configuration: fields that other managers own with another value. */
  readonly conflicts?: readonly { readonly manager: string; readonly field: string }[];
  readonly notes?: readonly string[];
}

export interface PatchOptions extends DriftOptions {
  readonly mask: SecretMask;
  /** An object as YAML, for `unified`. */
  readonly print: (object: JsonObject) => string;
}

/** Undefined where nothing has to change, or nobody knows. Values of Secrets are in no patch. */
export function patchOf(drift: Drift, type: PatchType, ports: KindPorts, options: PatchOptions): ObjectPatch | undefined {
  const { status } = drift;
  if (status !== 'missing' && status !== 'changed' && status !== 'extra') return undefined;
  const resource = drift.desired ?? drift.actual;
  if (resource === undefined) return undefined;
  const made = type === 'unified' ? unifiedOf(drift, resource, ports, options) : byStatus(drift, type, ports, options);
  return { resource: refOf(resource), status, ...made, ...notesOf(made, drift) };
}

type Made = Omit<ObjectPatch, 'resource' | 'status'>;

function byStatus(drift: Drift, type: Exclude<PatchType, 'unified'>, ports: KindPorts, options: PatchOptions): Made {
  const { desired, actual, status } = drift;
  if (desired === undefined) return { refused: 'the object is to be deleted, which no patch says' };
  if (type === 'apply') return applied(desired, drift, ports, options);
  if (actual === undefined || status === 'missing')
    return { refused: 'there is nothing to patch: the object is to be created, as --type apply does' };
  const live = asRead(actual.object, ports);
  const withheld = drift.changes.flatMap((change) => withhold(change, desired));
  const target = patched(
    live,
    drift.changes.filter((change) => withhold(change, desired).length === 0),
  );
  const made = isEqual(live, target) ? { refused: 'every change is of values that are not printed' } : patchTo(type, live, target, ports);
  return withheld.length === 0 ? made : { ...made, withheld: [...withheld, ...(made.withheld ?? [])] };
}

/** Why a change is left out of a patch; none where it is in it. */
function withhold({ class: kind, op, path, live, after }: DriftChange, { gvk, encrypted }: Resource): NonNullable<Made['withheld']> {
  if (kind !== 'drift' || op === 'remove') return [];
  if (isSecretPlace(gvk.kind, live)) return [{ path: toPointer(path), why: 'the value of a Secret is not printed' }];
  const isCiphered = encrypted === true && stringify(after ?? null).includes('ENC[');
  return isCiphered ? [{ path: toPointer(path), why: 'the value is encrypted' }] : [];
}

function patchTo(type: 'json' | 'merge' | 'strategic', live: JsonObject, target: JsonObject, ports: KindPorts): Made {
  const known = ports.typeOf(live);
  if (type === 'json') {
    const { patch, inverse, withheld } = jsonPatchOf(live, target, known?.type);
    const isWhole = withheld.length === 0;
    return {
      patch: patch as unknown as JsonValue, // operations are JSON
      ...(isWhole ? { inverse: inverse as unknown as JsonValue } : {}), // as above
      ...(isWhole ? {} : { notes: [`there is no inverse: it would hold the values of a Secret at ${withheld.join(', ')}`] }),
    };
  }
  if (type === 'merge') return mergePatch(live, target);
  if (known?.isBuiltin !== true)
    return { refused: 'a server takes strategic merge patches of built-in kinds only: use --type merge or json' };
  return strategicPatch(live, target, topologyOf(known.type));
}

function mergePatch(live: JsonObject, target: JsonObject): Made {
  try {
    const patch = createMergePatch(live, target);
    const lists = wholeLists(patch, []);
    return lists.length === 0
      ? { patch }
      : { patch, notes: [`replaces ${lists.map(toDotted).join(', ')} as a whole: what is added there meanwhile is lost`] };
  } catch (error) {
    if (error instanceof MergeError && error.code === 'lossy') return { refused: error.message };
    throw error;
  }
}

function wholeLists(patch: JsonValue, path: FieldPath): readonly FieldPath[] {
  if (Array.isArray(patch)) return [path];
  return isObject(patch) ? Object.keys(patch).flatMap((key) => wholeLists(patch[key] ?? null, [...path, key])) : [];
}

/** As kubectl makes it where that does what is wanted; otherwise so that it does. */
function strategicPatch(live: JsonObject, target: JsonObject, topology: Topology): Made {
  for (const isSafe of [false, true]) {
    try {
      const patch = createTwoWayPatch(live, target, topology, { isSafe });
      if (!isOutcome(applyStrategicPatch(live, patch, topology), target, topology)) continue;
      return isSafe ? { patch, notes: ['replaces lists whose merge key does not tell their items apart'] } : { patch };
    } catch (error) {
      if (!(error instanceof MergeError)) throw error;
    }
  }
  return { refused: 'no strategic merge patch says this change: use --type json' };
}

/** The order of keyed items does not count. */
function isOutcome(made: JsonObject, wanted: JsonObject, topology: Topology): boolean {
  return isEqual(made, wanted) || isSameComparison(compareTyped(made, wanted, topology));
}

function applied(desired: Resource, { actual, changes }: Drift, ports: KindPorts, { managers = [] }: PatchOptions): Made {
  if (isSecretKind(desired.gvk.kind)) return { refused: 'an apply configuration of a Secret would hold its values, which are not printed' };
  if (desired.encrypted === true) return { refused: 'its values are encrypted' };
  if (actual === undefined) return { patch: configurationOf(desired.object) };
  const known = ports.typeOf(desired.object);
  const topology = known === undefined ? deducedTopology() : topologyOf(known.type);
  const { configuration, conflicts, notes } = applyPatchOf(desired.object, actual.object, topology, ports, { managers, changes });
  return { patch: configuration, ...(conflicts.length === 0 ? {} : { conflicts }), ...(notes.length === 0 ? {} : { notes }) };
}

function unifiedOf(drift: Drift, resource: Resource, ports: KindPorts, { mask, print }: PatchOptions): Made {
  const text = (object: JsonObject | undefined): string => (object === undefined ? '' : print(maskedObject(withoutManagers(object), mask)));
  const before = drift.actual === undefined ? undefined : asRead(drift.actual.object, ports);
  const name = `${resource.gvk.kind}/${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}`;
  const hunks = unifiedDiff(text(before), text(predictedOf(drift, ports)));
  return {
    patch: `--- ${drift.actual === undefined ? '/dev/null' : `actual/${name}`}\n+++ ${drift.desired === undefined ? '/dev/null' : `desired/${name}`}\n${hunks}`,
  };
}

/** Who owns what is no part of what is desired. */
function withoutManagers(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isObject(metadata) || member(metadata, 'managedFields') === undefined) return object;
  const { managedFields: _managedFields, ...rest } = metadata;
  return { ...object, metadata: rest };
}

function notesOf({ notes = [] }: Made, { changes }: Drift): Pick<ObjectPatch, 'notes'> {
  const all = [...new Set([...notes, ...changes.flatMap(({ immutable }) => immutable ?? [])])];
  return all.length === 0 ? {} : { notes: all };
}
