import { difference, type FieldSet, intersection, union } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import { removeFields, withNamedFields } from './pick.ts';
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
  const now = managers.get(by.manager);
  // What is applied again in the same form removes nothing.
  if (last.isApplied && now !== undefined && last.version === now.version && options.ownable === undefined) {
    if (difference(last.fields, now.fields).size === 0) return merged;
  }
  const before = convert(merged, last.version, options);
  if (before === undefined) return merged;
  const bare: Typed = { value: removeFields(before.value, withNamedFields(last.fields, before.type), before.type), type: before.type };
  const kept = addBackOwned(before, bare, last.version, managers, options);
  const pruned = addBackDangling(before, kept, last, options);
  return convert(pruned, by.version, options) ?? merged;
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
