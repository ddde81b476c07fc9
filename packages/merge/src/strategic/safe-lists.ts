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
  const out = new Copies(sides);
  // What is not in the live object is taken as it is, lists and all.
  for (const key of Object.keys(sides[2])) {
    const [a, b, c] = [own(sides[0], key), own(sides[1], key), own(sides[2], key)];
    if (typeof c !== 'object' || c === null || type.map?.fields.get(key) === undefined) continue;
    if (isArray(c)) {
      if (b === undefined || isArray(b)) markList(out, key, [a, b, c], type, state);
    } else if (isObject(c) && isObject(b)) {
      const field = objectField(type, key);
      if (field.strategy !== 'replace') out.put(key, markMap([objectOf(a), b, c], field.type, state));
    }
  }
  return out.sides;
}

/** Three objects that are copied once one of their members changes. */
class Copies {
  sides: Three<JsonObject>;
  private copies: Three<Record<string, JsonValue>> | undefined;

  constructor(sides: Three<JsonObject>) {
    this.sides = sides;
  }

  private open(): Three<Record<string, JsonValue>> {
    this.copies ??= [{ ...this.sides[0] }, { ...this.sides[1] }, { ...this.sides[2] }];
    this.sides = this.copies;
    return this.copies;
  }

  /** Members of the sides that have them. */
  put(key: string, values: Three<JsonValue>): void {
    for (const [index, side] of this.sides.entries()) {
      const value = own(side, key);
      if (value !== undefined && value !== values[index]) setMember(this.open()[index] ?? {}, key, values[index] ?? null);
    }
  }

  set(index: 0 | 1 | 2, key: string, value: JsonValue): void {
    setMember(this.open()[index], key, value);
  }

  remove(key: string): void {
    for (const side of this.open()) delete side[key];
  }
}

function markList(out: Copies, key: string, [a, b, c]: Three<Side>, type: Topology, state: State): void {
  const field = listField(type, key);
  const list = type.map?.fields.get(key)?.type.list;
  const sides: Three<JsonArray> = [arrayOf(a), arrayOf(b), arrayOf(c)];
  if (field.strategy !== 'merge' || field.mergeKey === '' || list === undefined) return;
  if (sides.every((side) => tellsApart(side, field.mergeKey))) {
    if (b !== undefined) markItems(out, key, sides, field, state);
    return;
  }
  out.remove(key);
  if (b === undefined) {
    // Removed as a whole, or not ours: what is in the list does not matter.
    if (a !== undefined) out.set(0, key, true);
    return;
  }
  const merged = mergeByAllKeys(sides, list);
  if (!isSame(sides[0], sides[2]) && !isSame(sides[0], sides[1]) && !isSame(sides[1], sides[2])) state.hasConflicts = true;
  if (isSame(merged, sides[2])) return;
  const mark = `${MARK}${state.lists.size}`;
  state.lists.set(mark, merged);
  out.set(1, key, mark);
}

/** Lists within the items that the wanted and the live object have. */
function markItems(out: Copies, key: string, sides: Three<JsonArray>, field: PatchField, state: State): void {
  const [olds, wanted, lives] = [byKey(sides[0], field.mergeKey), byKey(sides[1], field.mergeKey), byKey(sides[2], field.mergeKey)];
  let isMarked = false;
  for (const [name, item] of wanted) {
    const live = lives.get(name);
    if (live === undefined) continue;
    const old = olds.get(name);
    const marked = markMap([old ?? {}, item, live], field.type, state);
    if (marked[1] === item && marked[2] === live) continue;
    isMarked = true;
    if (old !== undefined) olds.set(name, marked[0]);
    wanted.set(name, marked[1]);
    lives.set(name, marked[2]);
  }
  if (isMarked) out.put(key, [[...olds.values()], [...wanted.values()], [...lives.values()]]);
}

function byKey(list: JsonArray, mergeKey: string): Map<JsonValue, JsonObject> {
  return new Map(list.filter(isObject).map((item) => [scalarKey(own(item, mergeKey)), item]));
}

/** Whether each item is an object and has a merge key of its own. */
function tellsApart(list: JsonArray, mergeKey: string): boolean {
  const keys = new Set<JsonValue>();
  for (const item of list) {
    const value = isObject(item) ? own(item, mergeKey) : undefined;
    if (value === undefined) return false;
    keys.add(scalarKey(value));
  }
  return keys.size === list.length;
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
