import { type JsonValue, setMember } from '@plumbline/core';
import { encodeBase64 } from './base64.ts';
import { Bytes } from './bytes.ts';
import { isError } from './cel-error.ts';
import { formatDouble, formatDuration, formatTimestamp } from './format-value.ts';
import { JsonList, JsonMap, JsonStruct } from './json.ts';
import { List } from './list.ts';
import { CelMap } from './map.ts';
import { Double, UInt } from './numbers.ts';
import { Optional } from './optional.ts';
import { Preserved } from './preserved.ts';
import { BuiltStruct } from './struct.ts';
import { Duration, Timestamp } from './time.ts';
import { Boxed, type Value } from './value.ts';

/** The JSON of a value; undefined where it has none (types, optionals without a value, a library's values). */
export function toJson(value: Value): JsonValue | undefined {
  if (!(value instanceof Boxed)) return value;
  if (value instanceof UInt) return value.value <= 9_007_199_254_740_991n ? Number(value.value) : value.value;
  if (value instanceof Double) return Number.isFinite(value.value) ? value.value : formatDouble(value.value);
  if (value instanceof Bytes) return encodeBase64(value.bytes);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Preserved || value instanceof JsonList || value instanceof JsonMap || value instanceof JsonStruct) return value.json;
  if (value instanceof List) return listToJson(value);
  if (value instanceof CelMap) return mapToJson(value);
  if (value instanceof Optional) return value.value === undefined ? undefined : toJson(value.value);
  if (value instanceof BuiltStruct) return objectOf([...value.fields].map(([name, field]) => [name, toJson(field)]));
  return undefined;
}

function listToJson(list: List): JsonValue | undefined {
  const items: JsonValue[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list.at(index);
    const json = isError(item) ? undefined : toJson(item);
    if (json === undefined) return undefined;
    items.push(json);
  }
  return items;
}

function mapToJson(map: CelMap): JsonValue | undefined {
  return objectOf(
    map.keys().map((key) => {
      const value = map.find(key);
      return [jsonKey(key), value === undefined || isError(value) ? undefined : toJson(value)];
    }),
  );
}

function jsonKey(key: Value): string | undefined {
  if (typeof key === 'string') return key;
  if (key instanceof UInt) return String(key.value);
  return key === null || key instanceof Boxed ? undefined : String(key);
}

function objectOf(members: readonly (readonly [string | undefined, JsonValue | undefined])[]): JsonValue | undefined {
  const object: Record<string, JsonValue> = {};
  for (const [name, value] of members) {
    if (name === undefined || value === undefined) return undefined;
    setMember(object, name, value);
  }
  return object;
}
