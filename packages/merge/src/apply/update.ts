import type { JsonValue } from '@plumbline/core';
import type { Topology } from '../topology.ts';
import { isSame } from '../value.ts';
import { type Comparison, compareTyped } from './compare-typed.ts';
import type { Path } from './element.ts';
import { difference, type FieldSet, intersection, NO_FIELDS, pathsOf, union } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import { mergeTyped } from './merge-typed.ts';
import { prune } from './prune.ts';
import { reconcileFields } from './reconcile.ts';

/** An object and the type that it is merged by. */
export interface Typed {
  readonly value: JsonValue;
  readonly type: Topology;
}

/** What one manager owns. */
export interface Managed {
  /** The version that the fields are of. */
  readonly version: string;
  readonly fields: FieldSet;
  /** By server-side apply, not by an update. */
  readonly isApplied: boolean;
}

/** By the manager's name, or by whatever else tells managers apart. */
export type Managers = ReadonlyMap<string, Managed>;

export interface Conflict {
  readonly manager: string;
  readonly path: Path;
}

/** What every operation on owned fields may be told. */
export interface UpdateOptions {
  /** Gives the object in another version; undefined where that version is served no more. Without it, all versions are alike. */
  readonly convert?: (object: Typed, version: string) => Typed | undefined;
  /** By version: takes away from a set the fields that nobody owns (resetFields: status, for the main resource). */
  readonly ownable?: (version: string) => ((fields: FieldSet) => FieldSet) | undefined;
}

export interface Applied {
  readonly object: Typed;
  readonly managers: Managers;
  /** The object is what it was before. Who owns what may differ. */
  readonly isNoop: boolean;
}

export interface Conflicts {
  /** In order of the managers' names and of FieldsV1. Not empty. */
  readonly conflicts: readonly Conflict[];
}

/**
 * What `manager` applies, laid over the live object: what it applied before and does not now is removed where nobody else owns it.
 * Fields that others own with another value are conflicts, unless forced: then they change hands. Throws `invalid-value`.
 */
export function applyConfig(
  live: Typed,
  config: Typed,
  managers: Managers,
  by: { readonly manager: string; readonly version: string; readonly isForced?: boolean },
  options: UpdateOptions = {},
): Applied | Conflicts {
  const known = reconcileManagers(live, managers, options);
  const merged: Typed = { value: mergeTyped(live.value, config.value, live.type) ?? null, type: live.type };
  const last = known.get(by.manager);
  const set = owned(fieldsOf(config.value, config.type), by.version, options);
  known.set(by.manager, { version: by.version, fields: set, isApplied: true });
  const object = last === undefined ? merged : prune(merged, known, by, last, options);
  const outcome = hand(live, object, known, by, options);
  if ('conflicts' in outcome) return outcome;
  return { object, managers: outcome.managers, isNoop: isSame(live.value, object.value) };
}

/** What `manager` owns once it has replaced the live object by another: what it changed or added. Throws `invalid-value`. */
export function updateObject(
  live: Typed,
  object: Typed,
  managers: Managers,
  by: { readonly manager: string; readonly version: string },
  options: UpdateOptions = {},
): Applied {
  const outcome = hand(live, object, reconcileManagers(live, managers, options), { ...by, isForced: true }, options);
  if ('conflicts' in outcome) throw new Error('a forced update has no conflicts');
  const { added, modified, removed } = outcome.comparison;
  const before = outcome.managers.get(by.manager)?.fields ?? NO_FIELDS;
  const fields = owned(union(union(difference(before, removed), modified), added), by.version, options);
  if (fields.size === 0) outcome.managers.delete(by.manager);
  else outcome.managers.set(by.manager, { version: by.version, fields, isApplied: false });
  return { object, managers: outcome.managers, isNoop: isSame(live.value, object.value) };
}

function owned(fields: FieldSet, version: string, options: UpdateOptions): FieldSet {
  return options.ownable?.(version)?.(fields) ?? fields;
}

function reconcileManagers(live: Typed, managers: Managers, options: UpdateOptions): Map<string, Managed> {
  const out = new Map<string, Managed>();
  for (const [name, managed] of managers) {
    const object = convert(live, managed.version, options);
    // Of a version that is served no more, nothing can be owned.
    if (object === undefined) continue;
    const fields = reconcileFields(managed.fields, object.type);
    out.set(name, fields === managed.fields ? managed : { ...managed, fields });
  }
  return out;
}

export function convert(object: Typed, version: string, options: UpdateOptions): Typed | undefined {
  return options.convert === undefined ? object : options.convert(object, version);
}

interface Handed {
  readonly managers: Map<string, Managed>;
  /** In the version of the operation. */
  readonly comparison: Comparison;
}

/** Takes from all other managers what the operation changed or removed. */
function hand(
  live: Typed,
  object: Typed,
  managers: Map<string, Managed>,
  by: { readonly manager: string; readonly version: string; readonly isForced?: boolean },
  options: UpdateOptions,
): Handed | Conflicts {
  const comparison = ownable(compareTyped(live.value, object.value, live.type), by.version, options);
  const byVersion = new Map([[by.version, comparison]]);
  const lost = new Map<string, FieldSet>();
  const conflicts: Conflict[] = [];
  for (const [name, managed] of managers) {
    if (name === by.manager) continue;
    const compared = byVersion.get(managed.version) ?? compareIn(managed.version, live, object, options);
    if (compared === undefined) {
      managers.delete(name);
      continue;
    }
    byVersion.set(managed.version, compared);
    const taken = intersection(managed.fields, union(compared.modified, compared.added));
    if (by.isForced !== true) for (const path of pathsOf(taken)) conflicts.push({ manager: name, path });
    lost.set(name, union(taken, compared.removed));
  }
  if (conflicts.length > 0) return { conflicts: conflicts.sort((a, b) => (a.manager < b.manager ? -1 : a.manager > b.manager ? 1 : 0)) };
  for (const [name, fields] of lost) {
    const managed = managers.get(name);
    if (managed !== undefined && fields.size > 0) managers.set(name, { ...managed, fields: difference(managed.fields, fields) });
  }
  for (const [name, { fields }] of managers) if (fields.size === 0) managers.delete(name);
  return { managers, comparison };
}

function compareIn(version: string, live: Typed, object: Typed, options: UpdateOptions): Comparison | undefined {
  const [before, after] = [convert(live, version, options), convert(object, version, options)];
  if (before === undefined || after === undefined) return undefined;
  return ownable(compareTyped(before.value, after.value, before.type), version, options);
}

function ownable(comparison: Comparison, version: string, options: UpdateOptions): Comparison {
  const filter = options.ownable?.(version);
  if (filter === undefined) return comparison;
  return { added: filter(comparison.added), modified: filter(comparison.modified), removed: filter(comparison.removed) };
}
