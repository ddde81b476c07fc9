import { isArray, isEqual as isEqualJson, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { escapeName, unescapeName } from '../types/escape-name.ts';
import { type CelType, DYN, type ListType, type ObjectType, type ScalarType } from '../types/type.ts';
import { decodeBase64 } from './base64.ts';
import { Bytes } from './bytes.ts';
import { CelError, isError, noSuchOverload } from './cel-error.ts';
import { equal } from './equal.ts';
import { equalInOrder, List } from './list.ts';
import { KeyedList, SetList } from './list-kinds.ts';
import { CelMap } from './map.ts';
import { Double, MAX_INT, MIN_INT } from './numbers.ts';
import { parseJsonDuration, parseTimestamp } from './parse-time.ts';
import { Preserved } from './preserved.ts';
import type { Result, Value } from './value.ts';

/**
 * Reads JSON as a value of its declared type, lazily: an object or list is wrapped, and its members are read when asked for.
 * Data that is not of the type gives an error, as on the server.
 */
export function fromJson(json: JsonValue, type: CelType): Result {
  switch (type.kind) {
    case 'dyn':
    case 'any':
      return type.format === undefined ? fromAnyJson(json) : fromFormattedJson(json, type);
    case 'list':
      return isArray(json) ? listFrom(json, type) : wrong(json, type, 'expected an array for the provided schema with type=array');
    case 'map':
      return isObject(json)
        ? new JsonMap(json, type.value, true)
        : wrong(json, type, 'expected a map for the provided schema with type=object');
    case 'object':
      return isObject(json) ? new JsonStruct(json, type) : wrong(json, type, 'expected a map for the provided schema with type=object');
    case 'string':
      return typeof json === 'string' ? json : wrong(json, type, `expected string, got ${goType(json)}`);
    case 'int':
      return isInteger(json) ? json : wrong(json, type, `expected int, got ${goType(json)}`);
    case 'double':
      return typeof json === 'number' || typeof json === 'bigint'
        ? new Double(Number(json))
        : wrong(json, type, `expected float, got ${goType(json)}`);
    case 'bool':
      return typeof json === 'boolean' ? json : wrong(json, type, `expected bool, got ${goType(json)}`);
    case 'bytes':
      return typeof json === 'string' ? bytesFrom(json) : wrong(json, type, `expected string, got ${goType(json)}`);
    case 'timestamp':
      return typeof json === 'string' ? timestampFrom(json, type) : wrong(json, type, `expected string, got ${goType(json)}`);
    case 'duration':
      return typeof json === 'string' ? durationFrom(json) : wrong(json, type, `expected string, got ${goType(json)}`);
    default:
      return fromAnyJson(json);
  }
}

function wrong(json: JsonValue, type: CelType, expected: string): Result {
  if (json !== null) return new CelError(`invalid data, ${expected}`);
  const isNullable = 'isNullable' in type && type.isNullable === true;
  return isNullable ? null : new CelError('invalid data, got null for schema with nullable=false');
}

function isInteger(json: JsonValue): json is number | bigint {
  return typeof json === 'number' ? Number.isInteger(json) : typeof json === 'bigint' && json >= MIN_INT && json <= MAX_INT;
}

/** JSON of which nothing is declared: whole numbers are ints, others doubles. */
export function fromAnyJson(json: JsonValue): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
      return json;
    case 'number':
      return Number.isSafeInteger(json) ? json : new Double(json);
    case 'bigint':
      return json >= MIN_INT && json <= MAX_INT ? json : new Double(Number(json));
    default:
      if (json === null) return null;
      return isArray(json) ? new JsonList(json, DYN, false) : new JsonMap(json, DYN, false);
  }
}

function fromFormattedJson(json: JsonValue, type: ScalarType): Result {
  if (json === null) return wrong(json, type, '');
  if (type.format === 'preserved') return new Preserved(json);
  if (typeof json === 'string' || isInteger(json)) return json;
  return new CelError('invalid data, expected XIntOrString value to be either a string or integer');
}

function listFrom(json: JsonArray, type: ListType): Result {
  const items = new JsonList(json, type.element, true);
  if (type.listType === 'set') return new SetList(items);
  if (type.listType === 'map')
    return new KeyedList(
      items,
      (type.keys ?? []).map((key) => escapeName(key) ?? key),
    );
  return items;
}

function bytesFrom(text: string): Result {
  const bytes = decodeBase64(text);
  return bytes === undefined ? new CelError(`Invalid byte formatted string ${text}: illegal base64 data`) : new Bytes(bytes);
}

function timestampFrom(text: string, type: ScalarType): Result {
  if (type.format === 'date') {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) ? parseTimestamp(`${text}T00:00:00Z`) : undefined;
    return day ?? new CelError(`Invalid date formatted string ${text}: parsing time "${text}" as "2006-01-02": cannot parse`);
  }
  return parseTimestamp(text.replace(/^(\S+) (\S+)$/, '$1T$2')) ?? new CelError(`Invalid date-time formatted string ${text}`);
}

function durationFrom(text: string): Result {
  return parseJsonDuration(text) ?? new CelError(`Invalid duration ${text}: unable to parse ${text} as duration`);
}

function goType(json: JsonValue): string {
  switch (typeof json) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(json) ? 'int64' : 'float64';
    case 'bigint':
      return 'int64';
    default:
      return isArray(json) ? '[]interface {}' : 'map[string]interface {}';
  }
}

/** A member of its own; what every object has by its prototype are functions, and no JSON. */
export function ownMember(json: JsonObject, name: string): JsonValue | undefined {
  const value: unknown = json[name];
  if (value === undefined) return undefined;
  if (typeof value === 'function' || name === '__proto__') return Object.hasOwn(json, name) ? json[name] : undefined;
  return json[name];
}

/** A JSON array. Where its schema is known, comparing it with what is no list has no answer. */
export class JsonList extends List {
  readonly json: JsonArray;
  private readonly element: CelType;
  private readonly isTyped: boolean;

  constructor(json: JsonArray, element: CelType, isTyped: boolean) {
    super();
    this.json = json;
    this.element = element;
    this.isTyped = isTyped;
  }

  get length(): number {
    return this.json.length;
  }

  at(index: number): Result {
    const json = this.json[index] ?? null;
    return this.element === DYN ? fromAnyJson(json) : fromJson(json, this.element);
  }

  override equals(other: Value): boolean | CelError {
    if (other instanceof List) return equalInOrder(this, other);
    return this.isTyped ? noSuchOverload() : false;
  }
}

/** A JSON object as a map with string keys. */
export class JsonMap extends CelMap {
  readonly json: JsonObject;
  private readonly value: CelType;
  private readonly isTyped: boolean;

  constructor(json: JsonObject, value: CelType, isTyped: boolean) {
    super();
    this.json = json;
    this.value = value;
    this.isTyped = isTyped;
  }

  find(key: Value): Result | undefined {
    if (typeof key !== 'string') return this.isTyped ? noSuchOverload() : undefined;
    return this.member(key);
  }

  member(name: string): Result | undefined {
    const json = ownMember(this.json, name);
    if (json === undefined) return undefined;
    return this.isDynamic ? fromAnyJson(json) : fromJson(json, this.value);
  }

  /** Whether nothing is declared of what it holds. */
  get isDynamic(): boolean {
    return this.value === DYN;
  }

  keys(): readonly string[] {
    return Object.keys(this.json);
  }

  override size(): number {
    return Object.keys(this.json).length;
  }

  override equals(other: Value): boolean | CelError {
    return other instanceof CelMap || !this.isTyped ? super.equals(other) : noSuchOverload();
  }
}

/** A JSON object with declared fields. To expressions it is a map by the fields' CEL names; null is as good as absent. */
export class JsonStruct extends CelMap {
  readonly json: JsonObject;
  private readonly type: ObjectType;

  constructor(json: JsonObject, type: ObjectType) {
    super();
    this.json = json;
    this.type = type;
  }

  find(key: Value): Result | undefined {
    return typeof key === 'string' ? this.member(key) : noSuchOverload();
  }

  member(name: string): Result | undefined {
    const field = this.type.fields.get(name);
    const jsonName = field?.name ?? unescapeName(name);
    const json = jsonName === undefined ? undefined : ownMember(this.json, jsonName);
    if (jsonName === undefined || json === undefined || json === null) return undefined;
    const declared = field ?? this.type.fields.get(escapeName(jsonName) ?? jsonName);
    return declared === undefined ? undefined : fromJson(json, declared.type);
  }

  keys(): readonly string[] {
    return Object.keys(this.json).flatMap((name) => {
      const escaped = escapeName(name) ?? name;
      return this.type.fields.get(escaped) === undefined ? [] : [escaped];
    });
  }

  override size(): number {
    return Object.keys(this.json).length;
  }

  override equals(other: Value): boolean | CelError {
    if (!(other instanceof CelMap)) return noSuchOverload();
    if (this.size() !== other.size()) return false;
    for (const [name, json] of Object.entries(this.json)) {
      const declared = this.type.fields.get(escapeName(name) ?? name);
      const isEqual = declared === undefined ? this.equalsUndeclared(name, json, other) : this.equalsField(name, other);
      if (isEqual !== true) return isEqual;
    }
    return true;
  }

  /** The server looks a field up under its JSON name, on both sides. */
  private equalsField(name: string, other: CelMap): boolean | CelError {
    const ours = this.find(name);
    const theirs = other.find(name);
    if (ours === undefined || theirs === undefined) return ours === theirs;
    if (isError(ours)) return ours;
    return isError(theirs) ? theirs : equal(ours, theirs);
  }

  /** What the schema does not know compares as JSON, and only where both sides have it. */
  private equalsUndeclared(name: string, json: JsonValue, other: CelMap): boolean | CelError {
    if (!(other instanceof JsonStruct || other instanceof JsonMap)) return noSuchOverload();
    return !Object.hasOwn(other.json, name) || isEqualJson(json, other.json[name]);
  }
}
