import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DYN,
  escapeName,
  type Field,
  INT,
  listOf,
  mapOf,
  type ScalarType,
  STRING,
  TIMESTAMP,
  unescapeName,
} from '@plumbline/cel';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import * as kinds from './type.ts';

// The CEL types of what rules of custom resource definitions and policies look at, as the server derives them
// (k8s.io/apiserver/pkg/cel/common/schemas.go). Sizes are what costs are estimated with.

/** The largest request that the server takes, in bytes, without the quotes of a text that fills it. */
const MOST_CHARACTERS = 3 * 1024 * 1024 - 2;
const LONGEST_NAME = 253;

/** The type of a structural schema; undefined where rules cannot see what it describes. `name` names its objects, which no two schemas share. */
export function celTypeOfSchema(schema: JsonObject, name: string, isResource = false): CelType | undefined {
  if (schema['x-kubernetes-int-or-string'] === true)
    return { kind: 'dyn', format: 'int-or-string', maxSize: longest(schema) ?? MOST_CHARACTERS, minJsonSize: 1, ...nullable(schema) };
  const whole = isResource ? withMetadata(schema) : schema;
  switch (whole.type) {
    case 'array':
      return listType(whole, name);
    case 'object':
      return isObject(whole.additionalProperties) ? mapType(whole, whole.additionalProperties, name) : objectType(whole, name);
    case 'string':
      return textType(whole);
    case 'boolean':
      return { kind: 'bool', minJsonSize: 4, ...nullable(whole) };
    case 'number':
      return { kind: 'double', minJsonSize: 1, ...nullable(whole) };
    case 'integer':
      return { kind: 'int', minJsonSize: 1, ...nullable(whole) };
    default:
      return undefined;
  }
}

/** The smallest JSON that a value of the type has, in bytes. */
export function minJsonSizeOf(type: CelType): number {
  return 'minJsonSize' in type ? (type.minJsonSize ?? 1) : 1;
}

function nullable(schema: JsonObject): { readonly isNullable?: boolean } {
  return schema.nullable === true ? { isNullable: true } : {};
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Math.max(0, Number(value)) : undefined;
}

/** A character has up to four bytes. */
function longest(schema: JsonObject): number | undefined {
  const length = count(schema.maxLength);
  return length === undefined ? undefined : length * 4;
}

function isEmbedded(schema: JsonObject): boolean {
  return schema['x-kubernetes-embedded-resource'] === true;
}

function listType(schema: JsonObject, name: string): CelType | undefined {
  const { items } = schema;
  const element = isObject(items) ? celTypeOfSchema(items, `${name}.@idx`, isEmbedded(items)) : undefined;
  if (element === undefined) return undefined;
  const listType = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    kind: 'list',
    element,
    maxSize: count(schema.maxItems) ?? Math.floor(MOST_CHARACTERS / (minJsonSizeOf(element) + 1)),
    minJsonSize: 2,
    ...(listType === 'set' || listType === 'map' || listType === 'atomic' ? { listType } : {}),
    ...(isArray(keys) ? { keys: keys.filter((key) => typeof key === 'string') } : {}),
    ...nullable(schema),
  };
}

/** Quotes, a colon and a comma around a key of one character. */
const KEY_SIZE = 6;

function mapType(schema: JsonObject, values: JsonObject, name: string): CelType | undefined {
  const value = celTypeOfSchema(values, `${name}.@elem`, isEmbedded(values));
  if (value === undefined) return undefined;
  return {
    kind: 'map',
    // The server knows no size of keys.
    key: { kind: 'string', maxSize: 0, minJsonSize: 2 },
    value,
    maxSize: count(schema.maxProperties) ?? Math.floor(MOST_CHARACTERS / (minJsonSizeOf(value) + KEY_SIZE)),
    minJsonSize: 2,
    ...nullable(schema),
  };
}

function objectType(schema: JsonObject, name: string): CelType {
  const fields = new Map<string, Field>();
  const required = isArray(schema.required) ? schema.required : [];
  let minJsonSize = 2;
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [property, of] of Object.entries(properties)) {
    if (!isObject(of)) continue;
    const escaped = escapeName(property);
    const type = celTypeOfSchema(of, `${name}.${escaped ?? property}`, isEmbedded(of));
    if (type === undefined) continue;
    if (escaped !== undefined) fields.set(escaped, { name: property, type });
    if (required.includes(property) && of.default === undefined) minJsonSize += bytesOf(property) + minJsonSizeOf(type) + 4;
  }
  return { kind: 'object', name, fields, minJsonSize, ...nullable(schema) };
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function textType(schema: JsonObject): ScalarType {
  switch (schema.format) {
    case 'byte':
      return { kind: 'bytes', maxSize: count(schema.maxLength) ?? MOST_CHARACTERS, minJsonSize: 2, ...nullable(schema) };
    case 'duration':
      return { kind: 'duration', maxSize: 32, minJsonSize: 3, ...nullable(schema) };
    case 'date':
      return { kind: 'timestamp', format: 'date', maxSize: 12, minJsonSize: 12, ...nullable(schema) };
    case 'date-time':
      return { kind: 'timestamp', maxSize: 32, minJsonSize: 21, ...nullable(schema) };
    default:
      return { kind: 'string', maxSize: longest(schema) ?? longestOf(schema.enum) ?? MOST_CHARACTERS, minJsonSize: 2, ...nullable(schema) };
  }
}

function longestOf(values: JsonValue | undefined): number | undefined {
  if (!isArray(values) || values.length === 0) return undefined;
  return Math.max(0, ...values.map((value) => (typeof value === 'string' ? bytesOf(value) : 0)));
}

/** A resource as rules see it: with its kind, and of its metadata the names only. */
function withMetadata(schema: JsonObject): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const { metadata } = properties;
  const named = (key: string): JsonValue | undefined => member(member(metadata, 'properties'), key);
  const isText = (value: JsonValue | undefined): boolean => member(value, 'type') === 'string';
  const isMetadata = member(metadata, 'type') === 'object' && isText(named('name')) && isText(named('generateName'));
  if (isText(properties.kind) && isText(properties.apiVersion) && isMetadata) return schema;
  const text = { type: 'string' };
  const capped = (existing: JsonValue | undefined, most: number): JsonObject => ({
    type: 'string',
    maxLength: Math.min(count(member(existing, 'maxLength')) ?? most, most),
  });
  const names = { name: capped(named('name'), LONGEST_NAME), generateName: capped(named('generateName'), LONGEST_NAME - 1) };
  return {
    ...schema,
    properties: { ...properties, kind: text, apiVersion: text, metadata: { type: 'object', properties: names } },
  };
}

const ofTypes = new WeakMap<kinds.Type, CelType>();

/** The type of a built-in kind, or of a part of one; its fields are found when asked for, since some types hold themselves. */
export function celTypeOf(type: kinds.Type): CelType {
  let known = ofTypes.get(type);
  if (known === undefined) {
    known = readType(type);
    ofTypes.set(type, known);
  }
  return known;
}

function readType(type: kinds.Type): CelType {
  const item = (): CelType => (type.item === undefined ? DYN : celTypeOf(kinds.typeOf(type.item)));
  switch (type.code) {
    case kinds.OBJECT: {
      const { fields } = type;
      if (fields === undefined) return mapOf(STRING, DYN);
      const get = (name: string): Field | undefined => {
        const jsonName = unescapeName(name);
        const field = jsonName === undefined ? undefined : fields.get(jsonName);
        return jsonName === undefined || field === undefined ? undefined : { name: jsonName, type: celTypeOf(kinds.typeOf(field)) };
      };
      return { kind: 'object', name: type.name === '' ? 'object' : type.name, fields: { get } };
    }
    case kinds.MAP:
      return mapOf(STRING, item());
    case kinds.LIST: {
      const list = listOf(item());
      return type.list === undefined ? list : { ...list, listType: type.list, keys: type.keys };
    }
    case kinds.STRING:
      return STRING;
    case kinds.INT32:
    case kinds.INT64:
      return INT;
    case kinds.NUMBER:
      return DOUBLE;
    case kinds.BOOLEAN:
      return BOOL;
    case kinds.TIME:
    case kinds.MICRO_TIME:
      return TIMESTAMP;
    case kinds.BYTES:
      return BYTES;
    default:
      // Quantities and ports may be numbers or texts; of the rest nothing is known.
      return DYN;
  }
}
