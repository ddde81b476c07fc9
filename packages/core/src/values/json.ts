/**
 * A JSON value as Kubernetes reads it. An integer is a `number` while it is safe (|n| ≤ 2^53−1) and a `bigint`
 * beyond that, so that it stays exact (docs/decisions/0002-numbers.md). A `number` that is whole is an integer.
 */
export type JsonValue = null | boolean | number | bigint | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is JsonArray {
  return Array.isArray(value);
}

/** The member `key` of an object, own members only; undefined for anything else. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at `path`, or undefined where the path leads nowhere. */
export function valueAt(value: JsonValue | undefined, path: readonly (string | number)[]): JsonValue | undefined {
  let at = value;
  for (const step of path) {
    if (isArray(at)) at = typeof step === 'number' ? at[step] : undefined;
    else at = member(at, String(step));
    if (at === undefined) return undefined;
  }
  return at;
}

/** Sets an own member, also one named `__proto__`. */
export function setMember(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** Equal as JSON: member order does not count; a bigint equals only the same integer. */
export function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isObject(a) || !isObject(b) || isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}

/** JSON text with exact integers (JSON.stringify throws on a bigint). `indent` in spaces, 0 for one line. */
export function stringify(value: JsonValue, indent = 0): string {
  let hasBigInt = false;
  const text = JSON.stringify(
    value,
    (_key, item: unknown) => {
      if (typeof item !== 'bigint') return item;
      hasBigInt = true;
      return `\u0000int:${item}`;
    },
    indent,
  );
  return hasBigInt ? text.replace(/"\\u0000int:(-?\d+)"/g, '$1') : text;
}

/** The same value with every bigint as the nearest double, for tools that know only plain JSON (ajv). Shares what it can. */
export function toPlainNumbers(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (isArray(value)) {
    const items = value.map(toPlainNumbers);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (isObject(value)) {
    let changed = false;
    const copy: Record<string, JsonValue> = {};
    for (const [key, item] of Object.entries(value)) {
      const plain = toPlainNumbers(item);
      if (plain !== item) changed = true;
      setMember(copy, key, plain);
    }
    return changed ? copy : value;
  }
  return value;
}
