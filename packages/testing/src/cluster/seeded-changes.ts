import { isArray, isEqual, isObject, type JsonObject, type JsonValue, member, toPointer, valueAt } from '@plumbline/core';
import type { Random } from './random.ts';

type Path = readonly (string | number)[];

/** One change of a live object by somebody else, as a JSON patch, and what drift must say of it. */
export interface SeededChange {
  readonly what: 'value changed' | 'field removed' | 'item removed' | 'item added' | 'foreign label' | 'foreign annotation';
  readonly patch: readonly JsonObject[];
  /** Undoes the patch; applied again, the source then owns all that it did. */
  readonly undo: readonly JsonObject[];
  /** A drift at this place, or, where `isForeign`, something unmanaged. */
  readonly pointer: string;
  /** The place of the map or list that is gone with its last member; `pointer` where there is none. */
  readonly emptied: string;
  readonly isForeign: boolean;
}

/** A change at random; undefined where the object has nothing of the kind that was drawn. `fields`: what the source's manager owns. */
export function seedChange(desired: JsonObject, live: JsonObject, fields: JsonValue, random: Random): SeededChange | undefined {
  return random.pick([value, value, value, removed, removed, itemRemoved, itemRemoved, itemAdded, itemAdded, mark])?.(
    desired,
    live,
    fields,
    random,
  );
}

type Way = typeof seedChange;

const value: Way = (desired, live, _fields, random) => {
  const path = random.pick(shared(desired, live).filter((one) => !isContainer(valueAt(desired, one))));
  if (path === undefined) return undefined;
  const pointer = toPointer(path);
  const before = valueAt(live, path) ?? null;
  const [patch, undo] = [other(before), before].map((now) => [{ op: 'replace', path: pointer, value: now }]);
  return { what: 'value changed', patch: patch ?? [], undo: undo ?? [], pointer, emptied: pointer, isForeign: false };
};

const removed: Way = (desired, live, _fields, random) => removal('field removed', 'string', desired, live, random);

const itemRemoved: Way = (desired, live, _fields, random) => removal('item removed', 'number', desired, live, random);

function removal(
  what: SeededChange['what'],
  step: 'string' | 'number',
  desired: JsonObject,
  live: JsonObject,
  random: Random,
): SeededChange | undefined {
  const path = random.pick(shared(desired, live).filter((one) => typeof one.at(-1) === step));
  if (path === undefined) return undefined;
  const pointer = toPointer(path);
  const undo = [{ op: 'add', path: pointer, value: valueAt(live, path) ?? null }];
  return { what, patch: [{ op: 'remove', path: pointer }], undo, pointer, emptied: toPointer(emptiedAt(live, path)), isForeign: false };
}

/** What holds nothing else goes along: Go leaves out empty maps and lists. */
function emptiedAt(live: JsonObject, path: Path): Path {
  const above = path.slice(0, -1);
  const holder = valueAt(live, above);
  const count = isArray(holder) ? holder.length : isObject(holder) ? Object.keys(holder).length : 0;
  return count === 1 && above.length > 0 ? emptiedAt(live, above) : path;
}

/** One more like the last one, its keys changed where the list has keys. */
const itemAdded: Way = (desired, live, fields, random) => {
  const path = random.pick(shared(desired, live).filter((one) => isArray(valueAt(desired, one))));
  const list = path === undefined ? undefined : valueAt(live, path);
  if (path === undefined || !isArray(list)) return undefined;
  const owned = fieldsAt(fields, live, path);
  const last = list.at(-1) ?? null;
  const keys = isObject(owned) ? Object.keys(owned).find((key) => key.startsWith('k:')) : undefined;
  const isSet = isObject(owned) && Object.keys(owned).some((key) => key.startsWith('v:'));
  const item = isObject(last) ? (keys === undefined ? last : withOtherKeys(last, keys)) : other(last);
  const pointer = toPointer(path);
  const isForeign = keys !== undefined || isSet;
  return {
    what: 'item added',
    patch: [{ op: 'add', path: `${pointer}/-`, value: item }],
    undo: [{ op: 'remove', path: `${pointer}/${list.length}` }],
    pointer: isForeign ? `${pointer}/${list.length}` : pointer,
    emptied: pointer,
    isForeign,
  };
};

const mark: Way = (_desired, live, _fields, random) => {
  const [field, what] = random.chance(0.5) ? (['labels', 'foreign label'] as const) : (['annotations', 'foreign annotation'] as const);
  const pointer = `/metadata/${field}/foreign.example.com~1mark`;
  const isThere = isObject(valueAt(live, ['metadata', field]));
  const add = { op: 'add', path: pointer, value: 'x' };
  const patch = isThere ? [add] : [{ op: 'add', path: `/metadata/${field}`, value: {} }, add];
  return { what, patch, undo: [{ op: 'remove', path: pointer }], pointer, emptied: pointer, isForeign: true };
};

/** Paths that both sides have, at the same place: not the identity, and no key that pairs items. */
function shared(desired: JsonObject, live: JsonObject): readonly Path[] {
  const found: Path[] = [];
  const walk = (a: JsonValue, b: JsonValue | undefined, path: Path): void => {
    if (path.length > 0 && !isIdentity(path)) found.push(path);
    if (isObject(a) && isObject(b)) for (const key of Object.keys(a)) walk(a[key] ?? null, member(b, key), [...path, key]);
    if (isArray(a) && isArray(b) && a.length === b.length) for (const [index, one] of a.entries()) walk(one, b[index], [...path, index]);
  };
  walk(desired, live, []);
  return found.filter((path) => valueAt(live, path) !== undefined && !isEmpty(valueAt(desired, path)));
}

function isIdentity([first, second, third]: Path): boolean {
  return (
    first === 'apiVersion' ||
    first === 'kind' ||
    first === 'status' ||
    (first === 'metadata' && ((second !== 'labels' && second !== 'annotations') || third === undefined))
  );
}

/** What says nothing cannot be missed. */
function isEmpty(one: JsonValue | undefined): boolean {
  if (isArray(one)) return one.length === 0;
  if (isObject(one)) return Object.keys(one).every((key) => isEmpty(one[key]));
  return one === undefined || one === null || one === '' || one === false || one === 0;
}

function isContainer(one: JsonValue | undefined): boolean {
  return isArray(one) || isObject(one);
}

/** Another value of the same type. */
function other(one: JsonValue): JsonValue {
  if (typeof one === 'boolean') return !one;
  if (typeof one === 'number' || typeof one === 'bigint') return Number(one) + 1;
  if (typeof one !== 'string') return 'x';
  const amount = /^(\d+)(\D*)$/.exec(one);
  return amount === null ? `${one}x` : `${Number(amount[1]) + 1}${amount[2] ?? ''}`;
}

function withOtherKeys(item: JsonObject, keys: string): JsonObject {
  const named = JSON.parse(keys.slice(2)) as JsonObject; // as the server wrote it
  const changed = Object.keys(named).filter((key) => typeof named[key] !== 'string' || key !== 'protocol');
  // A port has a name too, which is its own.
  const names = typeof item.name === 'string' ? ['name'] : [];
  return { ...item, ...Object.fromEntries([...changed, ...names].map((key) => [key, other(item[key] ?? named[key] ?? null)])) };
}

/** What a manager owns at a path. */
function fieldsAt(fields: JsonValue, live: JsonObject, path: Path): JsonValue | undefined {
  let at: JsonValue | undefined = fields;
  let here: JsonValue | undefined = live;
  for (const step of path) {
    here = valueAt(here, [step]);
    const now: JsonValue | undefined = here;
    at =
      typeof step === 'string'
        ? member(at, `f:${step}`)
        : isObject(at)
          ? Object.entries(at).find(([key]) => isKeyOf(key, now))?.[1]
          : undefined;
  }
  return at;
}

function isKeyOf(key: string, item: JsonValue | undefined): boolean {
  if (!key.startsWith('k:')) return false;
  const keys = JSON.parse(key.slice(2)) as JsonObject; // as the server wrote it
  return Object.entries(keys).every(([name, one]) => member(item, name) === undefined || isEqual(member(item, name), one));
}
