import { type CelType, DYN, listOf } from '../types/type.ts';
import { CelError, isError } from './cel-error.ts';
import { equal } from './equal.ts';
import { Boxed, type Result, type Value } from './value.ts';

const LIST: CelType = listOf(DYN);

export abstract class List extends Boxed {
  abstract readonly length: number;

  /** The item at an index that is in bounds; an error where the data is not of its declared type. */
  abstract at(index: number): Result;

  typeOf(): CelType {
    return LIST;
  }

  override size(): number {
    return this.length;
  }

  equals(other: Value): boolean | CelError {
    return other instanceof List && equalInOrder(this, other);
  }

  plus(other: List): Result {
    const items = itemsOf(this);
    if (isError(items)) return items;
    const more = itemsOf(other);
    return isError(more) ? more : new ArrayList([...items, ...more]);
  }

  contains(value: Value): boolean | CelError {
    let error: CelError | undefined;
    for (let index = 0; index < this.length; index++) {
      const item = this.at(index);
      const isEqual = isError(item) ? item : equal(item, value);
      if (isEqual === true) return true;
      if (isEqual !== false) error ??= isEqual;
    }
    return error ?? false;
  }
}

export function equalInOrder(a: List, b: List): boolean | CelError {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const left = a.at(index);
    const right = b.at(index);
    if (isError(left)) return left;
    if (isError(right)) return right;
    const isEqual = equal(left, right);
    if (isEqual !== true) return isEqual;
  }
  return true;
}

/** A list that an expression built. */
export class ArrayList extends List {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return this.items[index] ?? null;
  }
}

/** The list that a macro gathers its result in: it grows in place, so that a filter stays linear. Nobody else holds it. */
export class GrowingList extends List {
  readonly items: Value[] = [];

  get length(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return this.items[index] ?? null;
  }

  override plus(other: List): Result {
    for (let index = 0; index < other.length; index++) {
      const item = other.at(index);
      if (isError(item)) return item;
      this.items.push(item);
    }
    return this;
  }
}

export const EMPTY_LIST = new ArrayList([]);

/** All items, or the first error. */
export function itemsOf(list: List): readonly Value[] | CelError {
  if (list instanceof ArrayList) return list.items;
  const items: Value[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list.at(index);
    if (item instanceof CelError) return item;
    items.push(item);
  }
  return items;
}
