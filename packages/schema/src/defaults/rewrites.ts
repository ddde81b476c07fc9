import { type FieldPath, isArray, isEqual, isObject, type JsonValue, toPointer } from '@plumbline/core';

/** A field that the server does not keep as it was written. */
export interface Rewrite {
  readonly path: FieldPath;
  /** It was not there; it was there and is not kept; it is written another way. */
  readonly how: 'added' | 'dropped' | 'rewritten';
  /** The server's behaviour: `SetDefaults_Deployment`, `+default of core.v1.GRPCAction`, `schema default`, `encoding`. */
  readonly by: string;
}

/** Who made a change, by JSON pointer; what nobody claims is how the server reads and writes objects (`rest`). */
export type Makers = ReadonlyMap<string, string>;

/** What differs between an object and what the server makes of it, down to single values. */
export function rewritesOf(before: JsonValue | undefined, after: JsonValue | undefined, makers: Makers, rest: string): Rewrite[] {
  const found: Rewrite[] = [];
  walk(before, after, [], (path, how) => found.push({ path, how, by: makerOf(path, makers) ?? rest }));
  return found;
}

function makerOf(path: FieldPath, makers: Makers): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const maker = makers.get(toPointer(path.slice(0, length)));
    if (maker !== undefined) return maker;
  }
  return undefined;
}

/** Calls `found` for each value of either side that the other has not, or has otherwise. */
export function walk(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: FieldPath,
  found: (path: FieldPath, how: Rewrite['how']) => void,
): void {
  if (isEqual(before, after)) return;
  if (isObject(before ?? after) && isObject(after ?? before)) {
    const [a, b] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    if (keys.size > 0) {
      for (const key of keys)
        walk(Object.hasOwn(a, key) ? a[key] : undefined, Object.hasOwn(b, key) ? b[key] : undefined, [...path, key], found);
      return;
    }
  }
  if (isArray(before ?? after) && isArray(after ?? before)) {
    const [a, b] = [isArray(before) ? before : [], isArray(after) ? after : []];
    const length = Math.max(a.length, b.length);
    if (length > 0) {
      for (let index = 0; index < length; index++) walk(a[index], b[index], [...path, index], found);
      return;
    }
  }
  found(path, before === undefined ? 'added' : after === undefined ? 'dropped' : 'rewritten');
}
