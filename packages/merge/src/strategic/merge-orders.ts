import { isObject, type JsonValue, setMember } from '@plumbline/core';
import { own } from '../apply/shape.ts';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { type Draft, type DraftObject, isSame, isSameScalar } from '../value.ts';
import { fieldOfDirective, isDelete, listValue, mergeKeyOf, PATCH, SET_ORDER } from './directives.ts';
import { interleave, partition } from './element-order.ts';
import { goText, itemType } from './go.ts';
import { mergeListField } from './merge-lists.ts';
import { type MergeMode, withoutDirectives } from './merge-maps.ts';
import { listField, type PatchField } from './patch-field.ts';

/**
 * Each `$setElementOrder` of a patch, and the list that it is about: merged and put in order. Both are taken out of the patch. Over
 * another patch, the directive is handed on too.
 */
export function mergeOrders(target: DraftObject, patch: DraftObject, type: Topology, mode: MergeMode): void {
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(SET_ORDER)) continue;
    const order = patch[directive] ?? null;
    if (mode === 'patch') handOn(target, directive, order);
    delete patch[directive];
    const key = fieldOfDirective(directive, SET_ORDER);
    mergeInOrder(target, patch, key, listValue(order), type, mode);
  }
}

function handOn(target: DraftObject, directive: string, order: Draft): void {
  const others = own(target, directive);
  if (others !== undefined && !isSame(others, order)) throw badOrder();
  target[directive] = order;
}

function mergeInOrder(
  target: DraftObject,
  patch: DraftObject,
  key: string,
  order: readonly JsonValue[],
  type: Topology,
  mode: MergeMode,
): void {
  const before = own(target, key);
  const items = own(patch, key);
  const live = before === undefined ? undefined : (listValue(before) as Draft[]); // targets and patches hold drafts only
  const given = items === undefined ? undefined : (listValue(items) as Draft[]); // as above
  const field = listField(type, key);
  if (given !== undefined) checkOrder(given, order, field.mergeKey);
  const merged = mergedList(live, given, field, mode);
  if (merged === undefined) return;
  const [fromPatch, fromServer] = partition(merged, order, field.mergeKey);
  const isKeyed = itemType(live ?? [], given ?? []) === 'map';
  setMember(target, key, interleave(fromPatch, fromServer, order, live ?? [], field.mergeKey, isKeyed));
  delete patch[key];
}

function mergedList(live: Draft[] | undefined, given: Draft[] | undefined, field: PatchField, mode: MergeMode): Draft[] | undefined {
  if (given === undefined) return live;
  if (live !== undefined) return mergeListField(live, given, field, false, mode);
  return listValue(withoutDirectives(given) ?? []) as Draft[]; // made of drafts
}

/** The items of the patch must be in the order that it asks for, and all be named there. Throws `invalid-patch`. */
function checkOrder(items: readonly Draft[], order: readonly JsonValue[], mergeKey: string): void {
  if (order.length === 0 || items.length === 0) return;
  const kept = mergeKey === '' ? items : items.filter((item) => !isDelete(item));
  let at = 0;
  for (let position = 0; at < kept.length && position < order.length; ) {
    const item = kept[at] ?? null;
    if (isObject(item) && Object.hasOwn(item, PATCH)) {
      at++;
      continue;
    }
    const named = order[position] ?? null;
    if (mergeKey === '' ? isSameScalar(item, named) : isSameScalar(mergeKeyOf(item, mergeKey), mergeKeyOf(named, mergeKey))) at++;
    position++;
  }
  if (at < kept.length) {
    throw new MergeError(
      'invalid-patch',
      `The order in patch list:\n${goText(items)}\n doesn't match ${SET_ORDER} list:\n${goText(order)}\n`,
    );
  }
}

function badOrder(): MergeError {
  return new MergeError('invalid-patch', 'invalid patch format of setElementOrder list');
}
