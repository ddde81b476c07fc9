import { isObject, type JsonArray, type JsonValue } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import { type Draft, isSameScalar } from '../value.ts';
import { noMergeKey, objectItem, PATCH } from './directives.ts';
import { interleave, partition } from './element-order.ts';
import { itemType, scalarKey, withoutDuplicates } from './go.ts';
import { type MergeMode, mergeMaps, unknownDirective } from './merge-maps.ts';
import type { PatchField } from './patch-field.ts';

/** The list of a field after the patch's list, or its list of scalars to delete, was merged into it. */
export function mergeListField(target: Draft[], patch: Draft[], field: PatchField, isDeletion: boolean, mode: MergeMode): Draft[] {
  return field.strategy === 'merge' || isDeletion ? mergeLists(target, patch, field, isDeletion, mode) : patch;
}

function mergeLists(target: Draft[], patch: Draft[], field: PatchField, isDeletion: boolean, mode: MergeMode): Draft[] {
  if (target.length === 0 && patch.length === 0) return target;
  if (itemType(target, patch) === 'map') return mergeObjects(target, patch, field, mode);
  if (mode === 'object' && isDeletion) return deleteScalars(target, patch);
  return inPatchOrder(withoutDuplicates([...target, ...patch]), patch, target, field.mergeKey, false);
}

function mergeObjects(target: Draft[], patch: Draft[], field: PatchField, mode: MergeMode): Draft[] {
  const { mergeKey } = field;
  if (mergeKey === '') throw new MergeError('invalid-value', 'cannot merge lists without merge key');
  const { kept, items, replaces } = mergeDirectives(target, patch, mergeKey);
  if (replaces) return inPatchOrder(items, [], items, mergeKey, true);
  const before = target.slice(0, kept);
  return inPatchOrder(mergeItems(target, kept, items, field, mode), items, before, mergeKey, true);
}

function inPatchOrder(merged: JsonArray, patch: JsonArray, before: JsonArray, mergeKey: string, isKeyed: boolean): Draft[] {
  const [fromPatch, fromServer] = partition(merged, patch, mergeKey);
  return interleave(fromPatch, fromServer, patch, before, mergeKey, isKeyed) as Draft[]; // made of items of ours
}

interface Directed {
  /** How many items of the target are left, at its start. */
  readonly kept: number;
  /** Those of the patch that are no directives. */
  readonly items: Draft[];
  readonly replaces: boolean;
}

/**
 * Items that are directives: those that delete take items out of the target, one that replaces takes all. The target is edited as Go
 * edits a slice: what follows moves up, and the end stays as it was. kubectl takes its order from what is left of the live list in
 * this way (see mergeOrders), so that this shows.
 */
function mergeDirectives(target: Draft[], patch: Draft[], mergeKey: string): Directed {
  const items: Draft[] = [];
  let kept = target.length;
  let replaces = false;
  for (const item of patch) {
    const object = objectItem(item);
    const directive = own(object, PATCH);
    if (directive === undefined) items.push(item);
    else if (directive === 'delete') {
      const value = own(object, mergeKey);
      if (value === undefined) throw noMergeKey(object, mergeKey);
      for (let index = kept - 1; index >= 0; index--) {
        if (!hasKey(target[index] ?? null, mergeKey, value)) continue;
        target.copyWithin(index, index + 1, kept);
        kept--;
      }
    } else if (directive === 'replace') replaces = true;
    else if (directive === 'merge') throw new MergeError('invalid-patch', 'merging lists cannot yet be specified in the patch');
    else throw unknownDirective(directive, object);
  }
  return { kept, items, replaces };
}

/** As above, what is added is first written over the end of the target that was given up. */
function mergeItems(target: Draft[], kept: number, patch: readonly Draft[], { mergeKey, type }: PatchField, mode: MergeMode): Draft[] {
  const out = target.slice(0, kept);
  for (const item of patch) {
    const object = objectItem(item);
    const value = own(object, mergeKey);
    if (value === undefined) throw noMergeKey(object, mergeKey);
    const index = out.findIndex((each) => hasKey(each, mergeKey, value));
    const place = index < 0 ? out.length : index;
    out[place] = index < 0 ? item : mergeMaps(objectItem(out[index] ?? null), object, type, mode);
    if (place < target.length) target[place] = out[place] ?? null;
  }
  return out;
}

function hasKey(item: Draft, mergeKey: string, value: JsonValue): boolean {
  if (!isObject(item)) throw new MergeError('invalid-value', 'an item of a list that merges by key is not a map');
  const found = own(item, mergeKey);
  return found !== undefined && isSameScalar(found, value);
}

function deleteScalars(target: readonly Draft[], deleted: readonly Draft[]): Draft[] {
  const keys = new Set(deleted.map(scalarKey));
  return target.filter((item) => !keys.has(scalarKey(item)));
}
