import type { FieldPath, JsonObject, JsonValue } from '@plumbline/core';
import { toPlainNumbers } from '@plumbline/core';

/** A place where a value breaks a JSON Schema. */
export interface SchemaFault {
  readonly path: FieldPath;
  readonly part: 'key' | 'value';
  readonly message: string;
}

export type JsonSchemaValidator = (value: JsonValue) => readonly SchemaFault[];

/** A validator of a JSON Schema that a user brings (`values.schema.json`). Loads ajv on first use; rejects where the schema itself does not compile. */
export async function createJsonSchemaValidator(schema: JsonObject): Promise<JsonSchemaValidator> {
  const { default: Ajv } = (await import('ajv')) as unknown as { default: typeof import('ajv').default };
  // Schemas in the wild name formats and keywords of their own: those say nothing.
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false });
  const { $schema, ...rest } = toPlainNumbers(schema) as JsonObject;
  const isOlder = typeof $schema === 'string' && !/draft-0[67]/.test($schema);
  const validate = ajv.compile(isOlder || $schema === undefined ? rest : { $schema, ...rest });
  return (value) => {
    if (validate(toPlainNumbers(value))) return [];
    return (validate.errors ?? []).map((error) => {
      const path = fromPointer(error.instancePath, value);
      const params = error.params as { additionalProperty?: string; missingProperty?: string };
      if (params.additionalProperty !== undefined)
        return {
          path: [...path, params.additionalProperty],
          part: 'key',
          message: `the schema has no property "${params.additionalProperty}"`,
        };
      if (params.missingProperty !== undefined)
        return { path: [...path, params.missingProperty], part: 'key', message: `property "${params.missingProperty}" is missing` };
      return { path, part: 'value', message: error.message ?? 'the value breaks the schema' };
    });
  };
}

/** A JSON pointer as a path; indexes are numbers where the value has a list. */
function fromPointer(pointer: string, value: JsonValue): FieldPath {
  const path: (string | number)[] = [];
  let at: unknown = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(at) ? Number(name) : name;
    path.push(key);
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined;
  }
  return path;
}
