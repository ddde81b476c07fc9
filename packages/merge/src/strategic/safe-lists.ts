import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { own, tryItemElement } from '../apply/shape.ts';
import type { ListTopology, Topology } from '../topology.ts';
import { isSame } from '../value.ts';
import { PATCH } from './directives.ts';
import { scalarKey } from './go.ts';
import { listField, objectField, type PatchField } from './patch-field.ts';
import { mergeByAllKeys } from './safe-merge.ts';

/** Three objects without the lists whose merge key does not tell items apart; the wanted one has marks in their place. */
export interface Marked {
  readonly original: JsonObject;
  readonly modified: JsonObject;
  readonly current: JsonObject;
  /** What a mark stands for. */
  readonly lists: ReadonlyMap<string, JsonArray>;
  /** Both sides changed such a list. */
  readonly hasConflicts: boolean;
}

type Side = JsonValue | undefined;
type Three<T> = readonly [original: T, modified: T, current: T];

interface State {
  readonly lists: Map<string, JsonArray>;
  hasConflicts: boolean;
}

/** A text that no manifest has; patches hand scalars on as they are. */
const MARK = '\u0000list:';

export function markAmbiguous(original: JsonObject, modified: JsonObject, current: JsonObject, type: Topology): Marked {
  const state: State = { lists: new Map(), hasConflicts: false };
  const [a, b, c] = markMap([original, modified, current], type, state);
  return { original: a, modified: b, current: c, lists: state.lists, hasConflicts: state.hasConflicts };
}

/** A patch with lists that replace those of the object in place of their marks. */
export function replaceMarks(patch: JsonObject, marked: Marked): JsonObject {
  return marked.lists.size === 0 ? patch : (replace(patch, marked) as JsonObject); // an object stays one
}

function replace(value: JsonValue, marked: Marked): JsonValue {
  if (typeof value === 'string') {
    const list = marked.lists.get(value);
    return list === undefined ? value : [{ [PATCH]: 'replace' }, ...list];
  }
  if (isArray(value)) return value.map((item) => replace(item, marked));
  if (!isObject(value)) return value;
  const out: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) setMember(out, key, replace(value[key] ?? null, marked));
  return out;
}

function markMap(sides: Three<JsonObject>, type: Topology, state: State): Three<JsonObject> {
  const out: Three<Record<string, JsonValue>> = [{ ...sides[0] }, { ...sides[1] }, { ...sides[2] }];
  for (const key of new Set(sides.flatMap((side) => Object.keys(side)))) {
    const [a, b, c] = [own(sides[0], key), own(sides[1], key), own(sides[2], key)];
    // What is not in the live object is taken as it is, lists and all.
    if (c === undefined || type.map?.fields.get(key) === undefined) continue;
    if (isObject(c) && isObject(b)) {
      const field = objectField(type, key);
      if (field.strategy !== 'replace') put(out, key, markMap([objectOf(a), b, c], field.type, state));
    } else if (isArray(c) && (b === undefined || isArray(b))) markList(out, key, [a, b, c], type, state);
  }
  return out;
}

function markList(out: Three<Record<string, JsonValue>>, key: string, [a, b, c]: Three<Side>, type: Topology, state: State): void {
  const field = listField(type, key);
  const list = type.map?.fields.get(key)?.type.list;
  const sides: Three<JsonArray> = [arrayOf(a), arrayOf(b), arrayOf(c)];
  if (field.strategy !== 'merge' || field.mergeKey === '' || list === undefined) return;
  if (sides.every((side) => tellsApart(side, field.mergeKey))) {
    if (b !== undefined) markItems(out, key, sides, field, state);
    return;
  }
  if (b === undefined) {
    // Removed as a whole, or not ours: the list itself does not matter.
    delete out[2][key];
    if (a !== undefined) setMember(out[0], key, true);
    return;
  }
  const merged = mergeByAllKeys(sides, list);
  if (!isSame(sides[0], sides[2]) && !isSame(sides[0], sides[1]) && !isSame(sides[1], sides[2])) state.hasConflicts = true;
  for (const side of out) delete side[key];
  if (isSame(merged, sides[2])) return;
  const mark = `${MARK}${state.lists.size}`;
  state.lists.set(mark, merged);
  setMember(out[1], key, mark);
}

/** Lists within the items that all three, or the wanted and the live object, have. */
function markItems(out: Three<Record<string, JsonValue>>, key: string, sides: Three<JsonArray>, field: PatchField, state: State): void {
  const [olds, lives] = [byKey(sides[0], field.mergeKey), byKey(sides[2], field.mergeKey)];
  const items: Three<Map<string, JsonObject>> = [new Map(olds), byKey(sides[1], field.mergeKey), new Map(lives)];
  let isMarked = false;
  for (const [name, wanted] of items[1]) {
    const live = lives.get(name);
    if (live === undefined) continue;
    const old = olds.get(name);
    const before = state.lists.size;
    const marked = markMap([old ?? {}, wanted, live], field.type, state);
    if (state.lists.size === before && isSame(marked[2], live)) continue;
    isMarked = true;
    if (old !== undefined) items[0].set(name, marked[0]);
    items[1].set(name, marked[1]);
    items[2].set(name, marked[2]);
  }
  if (isMarked) put(out, key, [[...items[0].values()], [...items[1].values()], [...items[2].values()]]);
}

function put(out: Three<Record<string, JsonValue>>, key: string, values: Three<JsonValue>): void {
  for (const [index, side] of out.entries()) if (Object.hasOwn(side, key)) setMember(side, key, values[index] ?? null);
}

function byKey(list: JsonArray, mergeKey: string): Map<string, JsonObject> {
  return new Map(list.filter(isObject).map((item) => [scalarKey(own(item, mergeKey)), item]));
}

/** Whether each item is an object and has a merge key of its own. */
function tellsApart(list: JsonArray, mergeKey: string): boolean {
  const keys = new Set<string>();
  for (const item of list) {
    const value = isObject(item) ? own(item, mergeKey) : undefined;
    if (value === undefined || keys.has(scalarKey(value))) return false;
    keys.add(scalarKey(value));
  }
  return true;
}

/** The items by the name that all keys of the list give them; undefined where they do not tell them apart. */
export function byAllKeys(list: JsonArray, type: ListTopology): ReadonlyMap<string, JsonValue> | undefined {
  const items = new Map<string, JsonValue>();
  for (const item of list) {
    const element = tryItemElement(type, item);
    if (typeof element !== 'string' || items.has(element)) return undefined;
    items.set(element, item);
  }
  return items;
}

function objectOf(value: Side): JsonObject {
  return isObject(value) ? value : {};
}

function arrayOf(value: Side): JsonArray {
  return isArray(value) ? value : [];
}
