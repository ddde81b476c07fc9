import { addTo, isObject, type JsonArray, type JsonValue } from '@plumbline/core';
import type { ListTopology } from '../topology.ts';
import { isSame } from '../value.ts';
import { byAllKeys } from './safe-lists.ts';
import { applyStrategicPatch, createThreeWayPatch } from './strategic-merge-patch.ts';

/**
 * The list that a three-way merge by all keys of the list gives: wanted items in their order, those that others added among them
 * where the live list has them. Where the keys do not tell the items apart, the list is one value: the live one if only others
 * changed it, the wanted one otherwise.
 */
export function mergeByAllKeys([original, modified, current]: readonly [JsonArray, JsonArray, JsonArray], type: ListTopology): JsonArray {
  const [olds, wanted, lives] = type.kind === 'map' ? [original, modified, current].map((list) => byAllKeys(list, type)) : [];
  if (olds === undefined || wanted === undefined || lives === undefined) return isSame(original, modified) ? current : modified;
  const out: JsonValue[] = [];
  // Others' items follow the item that they follow in the live list.
  const others = othersAfter(olds, wanted, lives);
  out.push(...(others.get('') ?? []));
  for (const [name, item] of wanted) {
    const live = lives.get(name);
    out.push(live === undefined ? item : mergeItem(olds.get(name), item, live, type), ...(others.get(name) ?? []));
  }
  return out;
}

function othersAfter(
  olds: ReadonlyMap<string, JsonValue>,
  wanted: ReadonlyMap<string, JsonValue>,
  lives: ReadonlyMap<string, JsonValue>,
): ReadonlyMap<string, readonly JsonValue[]> {
  const out = new Map<string, JsonValue[]>();
  let last = '';
  for (const [name, item] of lives) {
    if (wanted.has(name)) last = name;
    else if (!olds.has(name)) {
      addTo(out, last, item);
    }
  }
  return out;
}

function mergeItem(old: JsonValue | undefined, wanted: JsonValue, live: JsonValue, type: ListTopology): JsonValue {
  if (!isObject(wanted) || !isObject(live)) return wanted;
  const patch = createThreeWayPatch(isObject(old) ? old : {}, wanted, live, type.item, { isSafe: true });
  return applyStrategicPatch(live, patch, type.item);
}
