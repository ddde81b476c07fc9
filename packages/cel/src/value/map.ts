import { type CelType, DYN, mapOf } from '../types/type.ts';
import { type CelError, isError } from './cel-error.ts';
import { equal } from './equal.ts';
import { Double, toInt, UInt } from './numbers.ts';
import { Boxed, type Result, type Value } from './value.ts';

const MAP: CelType = mapOf(DYN, DYN);

export abstract class CelMap extends Boxed {
  /** The value under a key, of any type; undefined where there is none. */
  abstract find(key: Value): Result | undefined;

  /** The keys in the order in which macros visit them. */
  abstract keys(): readonly Value[];

  typeOf(): CelType {
    return MAP;
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof CelMap) || other.size() !== this.size()) return false;
    for (const key of this.keys()) {
      const theirs = other.find(key);
      if (theirs === undefined) return false;
      const ours = this.find(key) ?? null;
      if (isError(ours)) return ours;
      if (isError(theirs)) return theirs;
      const isEqual = equal(ours, theirs);
      if (isEqual !== true) return isEqual;
    }
    return true;
  }
}

/** What a Map tells apart as CEL does; an object of its own for a key that nothing finds again, as a list. */
type PlainKey = string | number | bigint | boolean | object | null;

/** A map that an expression built. Keys are found across number types: `{1: 'a'}[1.0]`. */
export class EntryMap extends CelMap {
  private readonly entries = new Map<PlainKey, { readonly key: Value; readonly value: Value }>();

  static of(entries: Iterable<readonly [Value, Value]>): EntryMap | CelError {
    const map = new EntryMap();
    for (const [key, value] of entries) {
      const error = map.set(key, value);
      if (error !== undefined) return error;
    }
    return map;
  }

  /** Only while it is being built. */
  set(key: Value, value: Value): CelError | undefined {
    const plain = plainKey(key);
    this.entries.set(plain === undefined ? {} : plain, { key, value });
    return undefined;
  }

  delete(key: Value): void {
    const plain = plainKey(key);
    if (plain !== undefined) this.entries.delete(plain);
  }

  find(key: Value): Value | undefined {
    const plain = plainKey(key);
    return plain === undefined ? undefined : this.entries.get(plain)?.value;
  }

  keys(): readonly Value[] {
    return Array.from(this.entries.values(), ({ key }) => key);
  }

  override size(): number {
    return this.entries.size;
  }
}

function plainKey(key: Value): PlainKey | undefined {
  switch (typeof key) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return key;
    default:
      if (key === null) return null;
      if (key instanceof UInt) return toInt(key.value);
      if (key instanceof Double) return plainDouble(key.value);
      return undefined;
  }
}

function plainDouble(value: number): PlainKey | undefined {
  if (!Number.isInteger(value)) return Number.isNaN(value) ? undefined : value;
  return toInt(BigInt(value));
}
