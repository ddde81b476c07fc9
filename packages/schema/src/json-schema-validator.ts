import type { FieldPath, JsonObject, JsonValue } from '@plumbline/core';
import { isObject, toPlainNumbers } from '@plumbline/core';
import type { Ajv, ErrorObject } from 'ajv';

/** A place where a value breaks a JSON Schema. */
export interface SchemaFault {
  readonly path: FieldPath;
  readonly part: 'key' | 'value';
  readonly message: string;
  /** `path` ends with the member that there is no property for, or that is missing. */
  readonly what: 'unknown' | 'missing' | 'type' | 'other';
  /** Where a member is unknown: the members that are known there. */
  readonly properties: readonly string[];
}

export type JsonSchemaValidator = (value: JsonValue) => readonly SchemaFault[];

/** The class that ajv exports: it loads only where a schema needs it. */
export type CompileSchema = typeof Ajv;

/** A validator of a JSON Schema that a user brings (`values.schema.json`). Loads ajv on first use; rejects where the schema itself does not compile. */
export async function createJsonSchemaValidator(schema: JsonObject): Promise<JsonSchemaValidator> {
  const { Ajv } = await import('ajv');
  return compileJsonSchema(schema, Ajv);
}

/** The same with ajv at hand. Throws where the schema does not compile. */
export function compileJsonSchema(schema: JsonObject, ajvClass: CompileSchema): JsonSchemaValidator {
  // Schemas in the wild name formats and keywords of their own: those say nothing.
  const ajv = new ajvClass({ allErrors: true, strict: false, validateFormats: false, logger: false, verbose: true });
  const { $schema, ...rest } = toPlainNumbers(schema) as JsonObject; // an object stays one
  const isOlder = typeof $schema === 'string' && !/draft-0[67]/.test($schema);
  const validate = ajv.compile(isOlder || $schema === undefined ? rest : { $schema, ...rest });
  return (value) => (validate(toPlainNumbers(value)) ? [] : (validate.errors ?? []).map((error) => faultOf(error, value)));
}

function faultOf(error: ErrorObject, value: JsonValue): SchemaFault {
  const path = fromPointer(error.instancePath, value);
  const params = error.params as { readonly additionalProperty?: string; readonly missingProperty?: string }; // by keyword
  const { additionalProperty: unknown, missingProperty: missing } = params;
  if (unknown !== undefined) {
    const known: unknown = error.parentSchema?.properties;
    const properties = isObject(known) ? Object.keys(known) : [];
    return { path: [...path, unknown], part: 'key', message: `the schema has no property "${unknown}"`, what: 'unknown', properties };
  }
  if (missing !== undefined)
    return { path: [...path, missing], part: 'key', message: `property "${missing}" is missing`, what: 'missing', properties: [] };
  const message = error.message ?? 'the value breaks the schema';
  return { path, part: 'value', message, what: error.keyword === 'type' ? 'type' : 'other', properties: [] };
}

/** A JSON pointer as a path; indexes are numbers where the value has a list. */
function fromPointer(pointer: string, value: JsonValue): FieldPath {
  const path: (string | number)[] = [];
  let at: unknown = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(at) ? Number(name) : name;
    path.push(key);
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined; // any object has members
  }
  return path;
}
