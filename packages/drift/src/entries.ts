import {
  apiVersionOf,
  type DriftEntry,
  type DriftEntryChange,
  type FieldPath,
  type Finding,
  isArray,
  isObject,
  isSecretKind,
  type JsonObject,
  type JsonValue,
  type Resource,
  type ResourceRef,
  type SecretMask,
  setMember,
  toPointer,
} from '@plumbline/core';
import type { DriftChange } from './change.ts';
import type { Drift } from './drift.ts';
import { locationOf } from './location.ts';

/**
 * The entries of a report: those that differ, and those in sync with changes that do not count. Values of Secrets are masked.
 * `predictedOf` gives the object after apply, where it is wanted.
 */
export function entriesOf(
  drifts: readonly Drift[],
  mask: SecretMask,
  predictedOf: (drift: Drift) => JsonObject | undefined = () => undefined,
): readonly DriftEntry[] {
  return drifts.flatMap((drift) => {
    if (drift.status === 'not-evaluated' || (drift.status === 'in-sync' && drift.changes.length === 0)) return [];
    const resource = resourceOf(drift);
    const predicted = predictedOf(drift);
    return [
      {
        resource: refOf(resource),
        status: drift.status,
        ...(predicted === undefined ? {} : { predicted: maskedObject(predicted, mask) }),
        changes: drift.changes.map((change) => entryOf(change, drift, mask)),
      },
    ];
  });
}

/** One finding, an error, for each object that drifted, so that reporters and waivers work on drift. */
export function findingsOf(
  drifts: readonly Drift[],
  entries: readonly DriftEntry[],
  hash: (parts: readonly string[]) => string,
): readonly Finding[] {
  const byResource = new Map(entries.map((entry) => [JSON.stringify(entry.resource), entry]));
  return drifts.flatMap((drift) => {
    if (drift.status !== 'missing' && drift.status !== 'changed' && drift.status !== 'extra') return [];
    const resource = resourceOf(drift);
    const ref = refOf(resource);
    const changes = (byResource.get(JSON.stringify(ref))?.changes ?? []).filter((change) => change.class === 'drift');
    const rule = `drift/${drift.status}`;
    return [
      {
        rule,
        class: 'drift' as const,
        severity: 'error' as const,
        message: [messageOf(drift.status, changes), ...immutablesOf(drift)].join('; '),
        units: [resource.unit.id],
        ...(resource.unit.environment === undefined ? {} : { environments: [resource.unit.environment] }),
        resource: ref,
        path: changes[0]?.path ?? '',
        location: drift.desired === undefined ? null : (changes[0]?.location ?? null),
        fingerprint: hash([rule, resource.unit.id, ref.kind, ref.namespace ?? '', ref.name]),
      },
    ];
  });
}

/** What must be replaced, each reason once. */
function immutablesOf({ changes }: Drift): readonly string[] {
  return [...new Set(changes.flatMap(({ immutable }) => immutable ?? []))];
}

const SHOWN = 3;

function messageOf(status: 'missing' | 'changed' | 'extra', changes: readonly DriftEntryChange[]): string {
  if (status === 'missing') return 'the actual side does not have the object';
  if (status === 'extra') return 'the source does not have the object any more';
  const shown = changes.slice(0, SHOWN).map(({ path, before, after, owner }) => {
    const who = owner === undefined ? '' : `, set by ${owner.manager}`;
    return `${path} is ${textOf(before)}, desired ${textOf(after)}${who}`;
  });
  return `${shown.join('; ')}${changes.length > SHOWN ? `; and ${changes.length - SHOWN} more` : ''}`;
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'absent';
  if (isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function entryOf(change: DriftChange, drift: Drift, mask: SecretMask): DriftEntryChange {
  const { path, op, before, after, owner, immutable } = change;
  const why = immutable === undefined ? change.why : [change.why, immutable].filter((each) => each !== undefined).join('; ');
  const isSecret = isSecretKind(resourceOf(drift).gvk.kind);
  const shown = (value: JsonValue): JsonValue => (isSecret ? masked(value, path, mask) : value);
  const location = drift.desired === undefined ? undefined : locationOf(drift.desired, path);
  return {
    path: toPointer(path),
    op,
    ...(before === undefined ? {} : { before: shown(before) }),
    ...(after === undefined ? {} : { after: shown(after) }),
    class: change.class,
    ...(owner === undefined ? {} : { owner }),
    ...(location === undefined ? {} : { location }),
    ...(why === undefined ? {} : { why }),
  };
}

/** The object, with stand-ins for the values of a Secret. */
export function maskedObject(object: JsonObject, mask: SecretMask): JsonObject {
  const shown = isSecretKind(String(object.kind)) ? masked(object, [], mask) : object;
  return isObject(shown) ? shown : {};
}

/** Equal values get equal stand-ins, on both sides. What is no data and no annotation is no secret. */
function masked(value: JsonValue, path: FieldPath, mask: SecretMask): JsonValue {
  const [first, second] = path;
  const isSecretHere = first === 'data' || first === 'stringData' || (first === 'metadata' && second === 'annotations');
  if (isArray(value)) return value.map((item) => masked(item, path, mask));
  if (isObject(value)) {
    const copy: Record<string, JsonValue> = {};
    for (const key of Object.keys(value)) setMember(copy, key, masked(value[key] ?? null, [...path, key], mask));
    return copy;
  }
  return isSecretHere && value !== null ? mask.standIn(String(value)) : value;
}

function resourceOf({ desired, actual }: Drift): Resource {
  const resource = desired ?? actual;
  if (resource === undefined) throw new Error('a pair has at least one side');
  return resource;
}

export function refOf({ gvk, namespace, name }: Resource): ResourceRef {
  const ref = { apiVersion: apiVersionOf(gvk), kind: gvk.kind };
  return namespace === undefined ? { ...ref, name } : { ...ref, namespace, name };
}
