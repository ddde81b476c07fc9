import { isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { capUpdaters } from './cap-updaters.ts';
import { type Path, pathText } from './element.ts';
import { difference, type FieldSet, fieldSet, union } from './field-set.ts';
import { type ManagedFields, type Owner, ownerId, ownerOf, readManagedFields, writeManagedFields } from './managed-fields.ts';
import { applyConfig, type Managed, type Typed, type UpdateOptions, updateObject } from './update.ts';
import { assertValid } from './validate.ts';

/** Who asks, and when. */
export interface Request extends UpdateOptions {
  readonly manager: string;
  readonly subresource?: string;
  /** RFC 3339, for the entries that change. */
  readonly time?: string;
  /**
   * What the server takes a new object to have been before: of built-in kinds, the structures that Go always has (`spec: {}`), which
   * then nobody owns. Without it, no more than apiVersion and kind, as for custom resources.
   */
  readonly blank?: JsonObject;
}

export interface ApplyRequest extends Request {
  /** Takes fields from those who own them with another value. */
  readonly isForced?: boolean;
}

/** A field that somebody else owns with another value. */
export interface ApplyConflict {
  readonly owner: Owner;
  readonly path: Path;
  /** As the server prints it: `.spec.replicas`. */
  readonly field: string;
}

export type ServerApplied =
  | { readonly object: JsonObject; readonly isNoop: boolean; readonly conflicts: readonly [] }
  | { readonly conflicts: readonly ApplyConflict[] };

/**
 * What a server-side apply makes of a live object, managedFields included, before defaulting and admission. The live object is
 * `undefined` where it is to be created. Throws `invalid-value` and `invalid-managed-fields`.
 */
export function serverSideApply(live: JsonObject | undefined, config: JsonObject, type: Topology, request: ApplyRequest): ServerApplied {
  if (managedFieldsIn(config) !== undefined) throw new MergeError('invalid-value', 'metadata.managedFields must be nil');
  const { before, known } = stateOf(live, config, type, request);
  assertValid(config, type);
  const version = versionOf(config);
  const id = ownerId({ manager: request.manager, operation: 'Apply', subresource: request.subresource ?? '' }, version);
  const by = { manager: id, version, isForced: request.isForced ?? false };
  const outcome = applyConfig(before, { value: config, type }, known.managers, by, request);
  if ('conflicts' in outcome) {
    const conflicts = outcome.conflicts.map(({ manager, path }) => ({ owner: ownerOf(manager), path, field: pathText(path) }));
    return { conflicts };
  }
  const managers = stripped(outcome.managers, id);
  const times = outcome.isNoop ? known.times : withTime(known.times, id, request.time);
  const object = withManagedFields(outcome.isNoop ? before.value : outcome.object.value, { managers, times });
  return { object, isNoop: outcome.isNoop, conflicts: [] };
}

/** What a create, an update or a patch makes of managedFields: the object with the entries that it then has. Throws as serverSideApply does. */
export function serverSideUpdate(live: JsonObject | undefined, object: JsonObject, type: Topology, request: Request): JsonObject {
  const known = readManagedFields(managedFieldsIn(live ?? {}));
  const updated = trackUpdate(withoutManagedFields(live ?? blankOf(object, request)), withoutManagedFields(object), type, known, request);
  return withManagedFields(withoutManagedFields(object), updated);
}

function stateOf(
  live: JsonObject | undefined,
  config: JsonObject,
  type: Topology,
  request: Request,
): { before: Typed; known: ManagedFields } {
  const bare = withoutManagedFields(live ?? blankOf(config, request));
  assertValid(bare, type, { allowsDuplicates: true });
  const known = readManagedFields(managedFieldsIn(live ?? {}));
  const before: Typed = { value: bare, type };
  if (live === undefined || known.managers.size > 0) return { before, known };
  // An object that nobody's fields are known of belongs to a manager of this name from now on.
  const first = trackUpdate(blankOf(live, request), bare, type, known, { ...request, manager: 'before-first-apply', subresource: '' });
  return { before, known: first };
}

/** The server notes an update under a name of its own first, so that one in an older version of the API is not mixed with it. */
const CURRENT = 'current-operation';

function trackUpdate(live: JsonObject, object: JsonObject, type: Topology, known: ManagedFields, request: Request): ManagedFields {
  for (const value of [live, object]) assertValid(value, type, { allowsDuplicates: true });
  const version = versionOf(object);
  const by = { manager: CURRENT, version };
  const managers = new Map(updateObject({ value: live, type }, { value: object, type }, known.managers, by, request).managers);
  const mine = stripped(managers, CURRENT).get(CURRENT);
  managers.delete(CURRENT);
  if (mine === undefined) return capUpdaters({ managers, times: known.times });
  const id = ownerId({ manager: request.manager || 'unknown', operation: 'Update', subresource: request.subresource ?? '' }, version);
  const others = managers.get(id);
  managers.set(id, others === undefined ? mine : { ...mine, fields: union(mine.fields, others.fields) });
  return capUpdaters({ managers, times: withTime(known.times, id, request.time) });
}

/** Fields that nobody owns: they say which object it is, or are the server's. */
function identity(): FieldSet {
  const ofMetadata = [
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ];
  return fieldSet([['f:apiVersion'], ['f:kind'], ['f:metadata'], ...ofMetadata.map((name) => ['f:metadata', `f:${name}`])]);
}

function stripped(managers: ReadonlyMap<string, Managed>, id: string): Map<string, Managed> {
  const out = new Map(managers);
  const mine = out.get(id);
  if (mine === undefined) return out;
  const fields = difference(mine.fields, identity());
  if (fields.size === 0) out.delete(id);
  else out.set(id, { ...mine, fields });
  return out;
}

function withTime(times: ReadonlyMap<string, string>, id: string, time: string | undefined): ReadonlyMap<string, string> {
  return time === undefined ? times : new Map(times).set(id, time);
}

function versionOf(object: JsonObject): string {
  const version = member(object, 'apiVersion');
  return typeof version === 'string' ? version : '';
}

function blankOf(object: JsonObject, { blank }: Request): JsonObject {
  return { ...blank, apiVersion: member(object, 'apiVersion') ?? '', kind: member(object, 'kind') ?? '' };
}

function managedFieldsIn(object: JsonObject): JsonValue | undefined {
  return member(member(object, 'metadata'), 'managedFields');
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const metadata = member(object, 'metadata');
  if (!isObject(metadata) || !Object.hasOwn(metadata, 'managedFields')) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}

function withManagedFields(value: JsonValue, managed: ManagedFields): JsonObject {
  const object = isObject(value) ? value : {};
  const entries = writeManagedFields(managed);
  const metadata = member(object, 'metadata');
  if (entries.length === 0) return object;
  return { ...object, metadata: { ...(isObject(metadata) ? metadata : {}), managedFields: entries } };
}
