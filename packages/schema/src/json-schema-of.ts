import type { JsonObject, JsonValue } from '@plumbline/core';
import { METADATA_TYPE } from './judge.ts';
import { isAbsenceTolerated, isChoiceEnforced } from './server-facts.ts';
import * as T from './type.ts';

type Schema = Record<string, JsonValue>;

/** Draft 7 patterns of the scalars that have a form of their own. */
const PATTERNS: Readonly<Record<number, string>> = {
  [T.QUANTITY]: '^\\s*(?=\\S)[+-]?[0-9]*(\\.[0-9]*)?([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?\\s*$',
  [T.TIME]:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]+)?(Z|[+-]([01][0-9]|2[0-4]):[0-5][0-9])$',
  [T.MICRO_TIME]:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.,][0-9]{6}(Z|[+-]([01][0-9]|2[0-4]):[0-5][0-9])$',
  [T.BYTES]:
    '^(?:(?:[\\r\\n]*[A-Za-z0-9+/]){4})*(?:(?:[\\r\\n]*[A-Za-z0-9+/]){2}[\\r\\n]*=[\\r\\n]*=|(?:[\\r\\n]*[A-Za-z0-9+/]){3}[\\r\\n]*=)?[\\r\\n]*$',
};

/**
 * A built-in type as a strict JSON Schema (draft 7) that admits what a server admits: null counts as absent, empty
 * counts as absent where a value is required. For editors and for other validators; items that repeat a key are not in it.
 */
export function toJsonSchema(root: T.Type): JsonObject {
  const definitions: Record<string, Schema> = {};
  const seen = new Map<string, T.Type>();

  const refer = (type: T.Type, formOnly: boolean): Schema => {
    let name = formOnly ? `${type.name}~form` : type.name;
    // A name stands for one type, but for the odd field that carries facts of its own: those do not change the schema.
    while (seen.has(name) && seen.get(name)?.fields !== type.fields) name += '~';
    if (!seen.has(name)) {
      seen.set(name, type);
      definitions[name] = {};
      definitions[name] = structure(type, formOnly, false);
    }
    return { $ref: `#/definitions/${name}` };
  };

  const schemaOf = (type: T.Type, formOnly: boolean): Schema => {
    switch (type.code) {
      case T.OBJECT:
        return refer(type, formOnly);
      case T.MAP:
        return { type: 'object', additionalProperties: itemSchema(type, formOnly) };
      case T.LIST:
        return { type: 'array', items: itemSchema(type, formOnly) };
      case T.INT32:
        return { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
      case T.INT64:
        return { type: 'integer', minimum: -(2 ** 63), exclusiveMaximum: 2 ** 63 };
      case T.NUMBER:
        return { type: 'number' };
      case T.BOOLEAN:
        return { type: 'boolean' };
      case T.QUANTITY:
        return { anyOf: [{ type: 'number' }, textSchema(type)] };
      case T.INT_OR_STRING:
        return { anyOf: [{ type: 'string' }, schemaOf(T.createType(T.INT32), formOnly)] };
      case T.INT64_OR_STRING:
        return { anyOf: [{ type: 'string' }, schemaOf(T.createType(T.INT64), formOnly)] };
      case T.BYTES:
        return { anyOf: [textSchema(type), { type: 'array' }] };
      case T.TIME:
      case T.MICRO_TIME:
        return textSchema(type);
      case T.RAW:
        return { type: 'object' };
      case T.SCHEMA_OR_BOOLEAN:
        return { anyOf: [{ type: 'boolean' }, itemSchema(type, formOnly)] };
      case T.SCHEMA_OR_LIST:
        return { anyOf: [itemSchema(type, formOnly), { type: 'array', items: itemSchema(type, formOnly) }] };
      case T.SCHEMA_OR_STRINGS:
        return { anyOf: [itemSchema(type, formOnly), { type: 'array', items: { type: 'string' } }] };
      case T.STRING:
        return { type: 'string' };
      default:
        return {};
    }
  };

  const itemSchema = (type: T.Type, formOnly: boolean): Schema => {
    const item = type.item === undefined ? T.createType(T.ANY) : T.typeOf(type.item);
    const schema = choiceSchema(item, formOnly);
    // A null item is the zero value: an empty structure, which lacks what is required.
    const isZeroFine = item.code !== T.OBJECT || formOnly || item.required.every((name) => isAbsenceTolerated(item.name, name));
    return isZeroFine ? { anyOf: [{ type: 'null' }, schema] } : schema;
  };

  const choiceSchema = (type: T.Type, formOnly: boolean): Schema => {
    const values = type.code === T.STRING && !formOnly ? type.facts?.values : undefined;
    if (values === undefined) return schemaOf(type, formOnly);
    return { type: 'string', anyOf: [{ enum: [...new Set([...values, ''])] }, { pattern: '/' }] };
  };

  const structure = (type: T.Type, formOnly: boolean, isRoot: boolean): Schema => {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const [name, field] of type.fields ?? []) {
      const one = T.typeOf(field);
      const isForm = formOnly || (isRoot ? name === 'status' : one.name === METADATA_TYPE);
      const isWanted = !formOnly && type.required.includes(name) && !isAbsenceTolerated(type.name, name);
      const schema = isChoiceEnforced(type.name, name) ? choiceSchema(one, isForm) : schemaOf(one, isForm);
      if (isWanted) required.push(name);
      properties[name] = isWanted
        ? { allOf: [schema, { not: { enum: [null, '', 0] } }, { not: { type: 'array', maxItems: 0 } }] }
        : { anyOf: [{ type: 'null' }, schema] };
    }
    return { type: 'object', properties, required, additionalProperties: false };
  };

  return { $schema: 'http://json-schema.org/draft-07/schema#', ...structure(root, false, true), definitions };
}

function textSchema(type: T.Type): Schema {
  const pattern = PATTERNS[type.code];
  return { type: 'string', ...(pattern === undefined ? {} : { pattern }) };
}
