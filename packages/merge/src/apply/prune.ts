import { isArray, isObject, type JsonValue } from '@plumbline/core';
import type { Topology } from '../topology.ts';
import { fieldNameOf, type PathElement } from './element.ts';
import { difference, type FieldSet, insert, intersection, NO_FIELDS, type OpenSet, union } from './field-set.ts';
import { fieldsOf, isOwnable } from './fields-of.ts';
import { withNamedFields, withoutNamedFields } from './named-fields.ts';
import { removeFields } from './pick.ts';
import { own, tryItemElement } from './shape.ts';
import { convert, type Managed, type Managers, type Typed, type UpdateOptions } from './update.ts';

/**
 * The merged object without what the manager applied before and nobody owns now. `managers` has what it applies now.
 * What nobody ever owned below a removed place goes with it only where the place itself is gone.
 */
export function prune(
  merged: Typed,
  managers: Managers,
  by: { readonly manager: string; readonly version: string },
  last: Managed,
  options: UpdateOptions,
): Typed {
  if (last.fields.size === 0) return merged;
  if (last.isApplied && options.convert === undefined && options.ownable === undefined)
    return pruneApplied(merged, managers, by.manager, last);
  const before = convert(merged, last.version, options);
  if (before === undefined) return merged;
  const bare: Typed = { value: removeFields(before.value, withNamedFields(last.fields, before.type), before.type), type: before.type };
  const kept = addBackOwned(before, bare, last.version, managers, options);
  const pruned = addBackDangling(before, kept, last, options);
  return convert(pruned, by.version, options) ?? merged;
}

/**
 * As below, where there is one version and `last` is all that was applied: with a place, it then has every place on the way to it. What
 * is applied now has so too, so that of what is kept nothing lies below what goes; and all that goes is what was applied before, is not
 * applied now, and is not owned by others.
 */
function pruneApplied({ value, type }: Typed, managers: Managers, manager: string, last: Managed): Typed {
  const now = managers.get(manager)?.fields ?? NO_FIELDS;
  const dropped = difference(last.fields, now);
  if (dropped.size === 0) return { value, type };
  let goes = withoutNamedFields(withNamedFields(dropped, type), now, type);
  for (const [name, { fields }] of managers) if (name !== manager) goes = withoutNamedFields(goes, fields, type);
  if (goes.size === 0) return { value, type };
  const kept = removeFields(value, goes, type);
  const hollow = hollowFields(kept, goes, type);
  return { value: hollow.size === 0 ? kept : removeFields(kept, hollow, type), type };
}

/** Fields on the way to what went in which no place is left: empty lists, and what holds nothing else. The server takes them for gone. */
function hollowFields(value: JsonValue, gone: FieldSet, type: Topology): FieldSet {
  const out: OpenSet = new Map();
  const walk = (at: JsonValue, set: FieldSet, of: Topology, path: readonly PathElement[]): void => {
    for (const [element, node] of set) {
      const name = fieldNameOf(element);
      if (node.isMember || node.children === undefined) continue;
      const below = name === undefined ? of.list?.item : (of.map?.fields.get(name)?.type ?? of.map?.values);
      const item = name === undefined ? itemOf(at, element, of) : isObject(at) ? own(at, name) : undefined;
      if (below === undefined || item === undefined) continue;
      const place = [...path, element];
      if (name !== undefined && of.map?.fields.get(name) !== undefined && !isOwnable(item, below)) insert(out, place);
      else walk(item, node.children, below, place);
    }
  };
  walk(value, gone, type, []);
  return out;
}

function itemOf(list: JsonValue, element: PathElement, { list: type }: Topology): JsonValue | undefined {
  return isArray(list) && type !== undefined ? list.find((item) => tryItemElement(type, item) === element) : undefined;
}

/** With all that any manager owns. The version of what was pruned comes first: a conversion may need what was taken away. */
function addBackOwned(merged: Typed, pruned: Typed, version: string, managers: Managers, options: UpdateOptions): Typed {
  const byVersion = new Map<string, FieldSet>();
  for (const managed of managers.values()) {
    const fields = byVersion.get(managed.version);
    byVersion.set(managed.version, fields === undefined ? managed.fields : union(fields, managed.fields));
  }
  const versions = [...byVersion.keys()].sort((a, b) => Number(b === version) - Number(a === version));
  let [whole, kept] = [merged, pruned];
  for (const each of versions) {
    const [wholeThere, keptThere] = [convert(whole, each, options), convert(kept, each, options)];
    if (wholeThere === undefined || keptThere === undefined) continue;
    const { type } = wholeThere;
    const stays = union(namedFields(keptThere), withNamedFields(byVersion.get(each) ?? new Map(), type));
    const goes = difference(namedFields(wholeThere), stays);
    whole = wholeThere;
    kept = { value: removeFields(wholeThere.value, goes, type), type };
  }
  return kept;
}

/** With what was not applied before: it went only because something above it did. */
function addBackDangling(merged: Typed, pruned: Typed, last: Managed, options: UpdateOptions): Typed {
  const there = convert(pruned, last.version, options);
  if (there === undefined) return merged;
  const { type } = merged;
  const gone = difference(namedFields(merged), withNamedFields(fieldsOf(there.value, there.type), type));
  return { value: removeFields(merged.value, intersection(gone, withNamedFields(last.fields, type)), type), type };
}

function namedFields(object: Typed): FieldSet {
  return withNamedFields(fieldsOf(object.value, object.type), object.type);
}
