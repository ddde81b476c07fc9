import { CelError, isError, noSuchOverload } from './cel-error.ts';
import { equal } from './equal.ts';
import { ArrayList, itemsOf, List } from './list.ts';
import { CelMap } from './map.ts';
import { Boxed, type Result, type Value } from './value.ts';

/** A list whose items' order does not count, over another that holds them. */
abstract class UnorderedList extends List {
  protected readonly list: List;

  constructor(list: List) {
    super();
    this.list = list;
  }

  get length(): number {
    return this.list.length;
  }

  at(index: number): Result {
    return this.list.at(index);
  }
}

/** `x-kubernetes-list-type: set`: equal in any order, added without duplicates. */
export class SetList extends UnorderedList {
  override plus(other: List): Result {
    const items = itemsOf(this);
    if (isError(items)) return items;
    const sum = [...items];
    const keys = new Set<unknown>();
    for (const item of items) {
      const key = scalarKey(item);
      if (isError(key)) return key;
      keys.add(key);
    }
    const more = itemsOf(other);
    if (isError(more)) return more;
    for (const item of more) {
      const key = scalarKey(item);
      if (isError(key)) return key;
      if (!keys.has(key)) sum.push(item);
      keys.add(key);
    }
    return new SetList(new ArrayList(sum));
  }

  override equals(other: Value): boolean | CelError {
    if (!(other instanceof List)) return noSuchOverload();
    if (other.length !== this.length) return false;
    const ours = this.keySet(this);
    if (isError(ours)) return ours;
    const theirs = this.keySet(other);
    if (isError(theirs)) return theirs;
    return ours.size === theirs.size && [...ours].every((key) => theirs.has(key));
  }

  private keySet(list: List): Set<unknown> | CelError {
    const keys = new Set<unknown>();
    for (let index = 0; index < list.length; index++) {
      const item = list.at(index);
      const key = isError(item) ? item : scalarKey(item);
      if (isError(key)) return key;
      keys.add(key);
    }
    return keys;
  }
}

function scalarKey(value: Value): unknown {
  if (value instanceof List || value instanceof CelMap)
    return new CelError('listSet operations are only supported on lists of scalar values');
  return plainKey(value);
}

function plainKey(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return `"${value}"`;
  if (!(value instanceof Boxed)) return value;
  return `${value.typeOf().kind}:${JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))}`;
}

/** `x-kubernetes-list-type: map`: items are told apart by their keys, equal in any order, and replaced by what is added. */
export class KeyedList extends UnorderedList {
  /** CEL names of the members that make the key. */
  private readonly keys: readonly string[];

  constructor(list: List, keys: readonly string[]) {
    super(list);
    this.keys = keys;
  }

  override plus(other: List): Result {
    const items = itemsOf(this);
    if (isError(items)) return items;
    const more = itemsOf(other);
    if (isError(more)) return more;
    const sum = [...items];
    const places = new Map(items.map((item, index) => [this.keyOf(item), index]));
    for (const item of more) {
      const place = places.get(this.keyOf(item));
      if (place === undefined) sum.push(item);
      else sum[place] = item;
    }
    return new KeyedList(new ArrayList(sum), this.keys);
  }

  override equals(other: Value): boolean | CelError {
    if (!(other instanceof List)) return noSuchOverload();
    if (other.length !== this.length) return false;
    const ours = this.byKey(this);
    if (isError(ours)) return ours;
    const theirs = this.byKey(other);
    if (isError(theirs)) return theirs;
    if (ours.size !== theirs.size) return false;
    for (const [key, item] of ours) {
      const match = theirs.get(key);
      if (match === undefined) return false;
      const isEqual = equal(item, match);
      if (isEqual !== true) return isEqual;
    }
    return true;
  }

  private byKey(list: List): Map<string, Value> | CelError {
    const items = itemsOf(list);
    return isError(items) ? items : new Map(items.map((item) => [this.keyOf(item), item]));
  }

  private keyOf(item: Value): string {
    const parts = this.keys.map((key) => {
      const part = item instanceof CelMap ? item.find(key) : undefined;
      return part === undefined || isError(part) ? 'null' : String(plainKey(part));
    });
    return JSON.stringify(parts);
  }
}
