/**
 * A type as the interpreter walks it: one shape for built-in types and for those of custom resource definitions,
 * so that the hot path sees one hidden class. `code` says which members mean something.
 */
export interface Type {
  readonly code: number;
  /** `core.v1.Container` for a built-in structure, `''` otherwise. */
  readonly name: string;
  /** Members of a structure. */
  readonly fields: ReadonlyMap<string, Field> | undefined;
  /** Members that must be there. */
  readonly required: readonly string[];
  /** Of a list's items or a map's values; also of a structure's members that `fields` does not name. */
  readonly item: Field | undefined;
  readonly list: 'atomic' | 'set' | 'map' | undefined;
  /** The members whose values together name an item of a `map` list. */
  readonly keys: readonly string[];
  /** Whether a structure takes members that nothing names. */
  readonly isOpen: boolean;
  readonly isNullable: boolean;
  /** What custom resource definitions add to a type, and label selectors. */
  readonly limits: Limits | undefined;
  /** What merging, defaulting and explaining need; no verdict depends on it. */
  readonly facts: Facts | undefined;
}

/** A type that is read from its text when first asked for. */
export interface Field {
  readonly text: string;
  type: Type | undefined;
  readonly table: TypeSource | undefined;
}

export interface TypeSource {
  /** The type that a field's text stands for. */
  read(text: string): Type;
}

export interface Facts {
  readonly isAtomicMap?: boolean;
  readonly patchStrategy?: string;
  readonly mergeKey?: string;
  readonly default?: string;
  readonly values?: readonly string[];
}

/** Value validations of OpenAPI v3 as custom resource definitions use them. */
export interface Limits {
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Type[];
  readonly anyOf?: readonly Type[];
  readonly oneOf?: readonly Type[];
  readonly not?: Type;
  readonly isEmbedded?: boolean;
  /** A label selector, whose parts the server judges wherever it stands. */
  readonly isSelector?: boolean;
}

export const OBJECT = 0;
export const MAP = 1;
export const LIST = 2;
export const STRING = 3;
export const INT32 = 4;
export const INT64 = 5;
export const NUMBER = 6;
export const BOOLEAN = 7;
export const QUANTITY = 8;
export const INT_OR_STRING = 9;
export const TIME = 10;
export const MICRO_TIME = 11;
export const BYTES = 12;
export const ANY = 13;
/** Any JSON that the server keeps as it is (RawExtension, FieldsV1). */
export const RAW = 14;
/** A JSON schema or a boolean, a JSON schema or a list of them, a JSON schema or a list of strings. */
export const SCHEMA_OR_BOOLEAN = 15;
export const SCHEMA_OR_LIST = 16;
export const SCHEMA_OR_STRINGS = 17;
/** A sub-schema of a definition that names no type: it judges what of it applies. */
export const UNTYPED = 18;
/** The int-or-string of a definition, which knows no 32 bits. */
export const INT64_OR_STRING = 19;

const NONE: readonly string[] = [];

/** A type with every member set, in one order. */
export function createType(code: number, parts: Partial<Omit<Type, 'code'>> = {}): Type {
  return {
    code,
    name: parts.name ?? '',
    fields: parts.fields,
    required: parts.required ?? NONE,
    item: parts.item,
    list: parts.list,
    keys: parts.keys ?? NONE,
    isOpen: parts.isOpen ?? false,
    isNullable: parts.isNullable ?? false,
    limits: parts.limits,
    facts: parts.facts,
  };
}

/** A field whose type is known already. */
export function fieldOf(type: Type): Field {
  return { text: '', type, table: undefined };
}

export function typeOf(field: Field): Type {
  return field.type ?? resolve(field);
}

function resolve(field: Field): Type {
  const type = field.table?.read(field.text) ?? createType(ANY);
  field.type = type;
  return type;
}

/** How people name the type in a message. */
export function nameOf(type: Type): string {
  switch (type.code) {
    case OBJECT:
    case MAP:
      return 'an object';
    case LIST:
      return 'a list';
    case STRING:
      return 'a string';
    case INT32:
    case INT64:
      return 'an integer';
    case NUMBER:
      return 'a number';
    case BOOLEAN:
      return 'a boolean';
    case QUANTITY:
      return 'a quantity';
    case INT_OR_STRING:
    case INT64_OR_STRING:
      return 'an integer or a string';
    case TIME:
    case MICRO_TIME:
      return 'a date and time';
    case BYTES:
      return 'base64 text';
    case SCHEMA_OR_BOOLEAN:
      return 'a schema or a boolean';
    case SCHEMA_OR_LIST:
      return 'a schema or a list of schemas';
    case SCHEMA_OR_STRINGS:
      return 'a schema or a list of strings';
    default:
      return 'any value';
  }
}
