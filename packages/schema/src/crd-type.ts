import { isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import { patternOf } from './pattern.ts';
import * as T from './type.ts';

/** The root type of a version of a custom resource definition; `metadata` is the type of every object's metadata. */
export function createCrdType(schema: JsonObject, metadata: T.Type): T.Type {
  return convert(schema, { metadata, isRoot: true, isLogic: false });
}

/** The type of a default in such a schema. Nothing fills in the defaults within a default. */
export function createPresetType(schema: JsonObject): T.Type {
  return convert(schema, { metadata: T.createType(T.ANY), isRoot: false, isLogic: false, isPreset: true });
}

interface Place {
  readonly metadata: T.Type;
  /** The object itself, which has apiVersion, kind and metadata whether its schema says so or not. */
  readonly isRoot: boolean;
  /** Under allOf, anyOf, oneOf or not: a sub-schema judges what it names and forbids nothing else. */
  readonly isLogic: boolean;
  /** Of a value that no defaults are filled in. */
  readonly isPreset?: boolean;
}

function convert(schema: JsonObject, place: Place): T.Type {
  const limits = limitsOf(schema, place);
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || place.isLogic;
  const common = { isNullable: schema.nullable === true, isOpen, ...(limits ? { limits } : {}), ...factsOf(schema) };
  if (schema['x-kubernetes-int-or-string'] === true) return T.createType(T.INT64_OR_STRING, common);
  const inner: Place = { ...place, isRoot: false };
  switch (place.isLogic ? undefined : schema.type) {
    case 'object':
      return objectType(schema, common, place, inner);
    case 'array': {
      const { items } = schema;
      const item = isObject(items) ? { item: T.fieldOf(convert(items, inner)) } : {};
      const list = schema['x-kubernetes-list-type'];
      const keys = schema['x-kubernetes-list-map-keys'];
      return T.createType(T.LIST, {
        ...common,
        ...item,
        list: list === 'map' || list === 'set' || list === 'atomic' ? list : undefined,
        keys: isArray(keys) ? keys.filter((key): key is string => typeof key === 'string') : [],
      });
    }
    case 'string':
      return T.createType(T.STRING, common);
    case 'integer':
      return T.createType(schema.format === 'int32' ? T.INT32 : T.INT64, common);
    case 'number':
      return T.createType(T.NUMBER, common);
    case 'boolean':
      return T.createType(T.BOOLEAN, common);
    default: {
      const fields = fieldsOf(schema, inner);
      const items = isObject(schema.items) ? { item: T.fieldOf(convert(schema.items, inner)) } : {};
      if (fields === undefined && limits === undefined && items.item === undefined && requiredOf(schema, place).length === 0)
        return T.createType(T.ANY);
      return T.createType(T.UNTYPED, {
        ...common,
        ...items,
        isOpen: true,
        ...(fields ? { fields } : {}),
        required: requiredOf(schema, place),
      });
    }
  }
}

function objectType(schema: JsonObject, common: Partial<T.Type>, place: Place, inner: Place): T.Type {
  const fields = fieldsOf(schema, inner);
  const { additionalProperties } = schema;
  const item = isObject(additionalProperties) ? T.fieldOf(convert(additionalProperties, inner)) : undefined;
  if (place.isRoot || schema['x-kubernetes-embedded-resource'] === true) {
    const all = new Map(fields);
    const text = T.createType(T.STRING);
    all.set('apiVersion', T.fieldOf(text));
    all.set('kind', T.fieldOf(text));
    all.set('metadata', T.fieldOf(place.metadata));
    const required = requiredOf(schema, place).filter((name) => name !== 'metadata');
    return T.createType(T.OBJECT, { ...common, fields: all, item, required });
  }
  if (item !== undefined && fields === undefined) return T.createType(T.MAP, { ...common, item });
  const isFree = additionalProperties === true || (common.isOpen ?? false);
  return T.createType(T.OBJECT, {
    ...common,
    ...(fields ? { fields } : {}),
    ...(item ? { item } : {}),
    required: requiredOf(schema, place),
    isOpen: isFree,
  });
}

function fieldsOf(schema: JsonObject, place: Place): Map<string, T.Field> | undefined {
  const { properties } = schema;
  if (!isObject(properties)) return undefined;
  const fields = new Map<string, T.Field>();
  for (const [name, one] of Object.entries(properties)) {
    // Read when first asked for: a definition may be large and an object of it small.
    if (isObject(one)) fields.set(name, { text: name, type: undefined, table: { read: () => convert(one, place) } });
  }
  return fields;
}

/** Members that must be there; those with a default are filled in before anything is judged. */
function requiredOf(schema: JsonObject, place: Place): readonly string[] {
  const { required, properties } = schema;
  if (!isArray(required)) return [];
  return required.filter(
    (name): name is string =>
      typeof name === 'string' && (place.isPreset === true || (member(member(properties, name), 'default') ?? null) === null),
  );
}

function factsOf(schema: JsonObject): { facts?: T.Facts } {
  const isAtomicMap = schema['x-kubernetes-map-type'] === 'atomic';
  if (schema.default === undefined && !isAtomicMap) return {};
  return {
    facts: { ...(schema.default === undefined ? {} : { default: stringify(schema.default) }), ...(isAtomicMap ? { isAtomicMap } : {}) },
  };
}

const PLAIN_LIMITS = [
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

function limitsOf(schema: JsonObject, place: Place): T.Limits | undefined {
  const limits: Record<string, unknown> = {};
  for (const name of PLAIN_LIMITS) {
    const value = schema[name];
    if (value !== undefined && value !== null) limits[name] = typeof value === 'bigint' ? Number(value) : value;
  }
  if (isArray(schema.enum)) limits.enum = schema.enum;
  const logic: Place = { ...place, isRoot: false, isLogic: true };
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    const forms: JsonValue | undefined = schema[name];
    if (!isArray(forms)) continue;
    // An int-or-string may spell out its two types, which says nothing new.
    if (isIntOrString && forms.every((one) => isObject(one) && (one.type !== undefined || one.anyOf !== undefined))) continue;
    limits[name] = forms.filter(isObject).map((one) => convert(one, logic));
  }
  if (isObject(schema.not)) limits.not = convert(schema.not, logic);
  if (schema['x-kubernetes-embedded-resource'] === true && !place.isRoot) limits.isEmbedded = true;
  if (schema.format === 'int32' || schema.format === 'int64') delete limits.format;
  return Object.keys(limits).length > 0 ? (limits as T.Limits) : undefined;
}

/** Whether any part of a schema has CEL rules. */
export function hasExpressions(schema: JsonValue): boolean {
  if (isArray(schema)) return schema.some(hasExpressions);
  if (!isObject(schema)) return false;
  return schema['x-kubernetes-validations'] !== undefined || Object.values(schema).some(hasExpressions);
}

/** Whether any part of a schema has a pattern that does not compile. */
export function hasOddPattern(schema: JsonValue): boolean {
  if (isArray(schema)) return schema.some(hasOddPattern);
  if (!isObject(schema)) return false;
  return (typeof schema.pattern === 'string' && patternOf(schema.pattern) === undefined) || Object.values(schema).some(hasOddPattern);
}
