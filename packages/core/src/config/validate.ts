import { type FieldPath, toDotted } from '../values/field-path.ts';
import { isArray, isObject, type JsonValue } from '../values/json.ts';
import { closest } from '../values/similar.ts';

/** The part of JSON Schema that the configuration is described with. */
export interface ConfigSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly items?: ConfigSchema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  readonly additionalProperties?: false | ConfigSchema;
  readonly required?: readonly string[];
  /** Of values of several types; of a mapping, where `type` says so, with nothing but `required`. */
  readonly anyOf?: readonly ConfigSchema[];
}

export interface ConfigProblem {
  readonly path: FieldPath;
  readonly part: 'key' | 'value';
  readonly message: string;
}

// Keys of the design whose verbs are not there yet: better said than taken and not done.
const RESERVED: Readonly<Record<string, string>> = {
  policies: 'policies in other languages are not there yet',
};

/** What is wrong with a value by the schema, in the order of the text. */
export function validate(schema: ConfigSchema, value: JsonValue, path: FieldPath = []): readonly ConfigProblem[] {
  if (schema.anyOf !== undefined && schema.type === undefined) return validateAny(schema.anyOf, value, path);
  const wrong = (message: string): readonly ConfigProblem[] => [{ path, part: 'value', message }];
  const shown = path.length === 0 ? 'the configuration' : `"${toDotted(path)}"`;
  if (schema.enum !== undefined && !schema.enum.some((each) => each === value)) {
    const near = typeof value === 'string' ? closest(value, schema.enum) : undefined;
    const hint =
      near === undefined ? `must be one of ${schema.enum.join(', ')}` : `must be one of ${schema.enum.join(', ')}; did you mean "${near}"?`;
    return wrong(`${shown} ${hint}`);
  }
  if (schema.type !== undefined && typeOf(value) !== schema.type) {
    const quotes = schema.type === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? ': write it in quotes' : '';
    return wrong(`${shown} must be ${NAMES[schema.type]}, not ${NAMES[typeOf(value)]}${quotes}`);
  }
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    if (value.trim() === '') return wrong(`${shown} is empty${schema.description === undefined ? '' : `: say ${schema.description}`}`);
    return wrong(`${shown} is "${value}", not ${schema.description ?? 'a text that fits'}`);
  }
  if (isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return wrong(`${shown} is empty`);
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => validate(items, item, [...path, index]));
  }
  return isObject(value) && schema.type === 'object' ? validateMembers(schema, value, path, shown) : [];
}

function validateMembers(
  schema: ConfigSchema,
  value: Readonly<Record<string, JsonValue>>,
  path: FieldPath,
  shown: string,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const known = schema.properties ?? {};
  for (const [key, item] of Object.entries(value)) {
    const own = [...path, key];
    const property = Object.hasOwn(known, key) ? known[key] : schema.additionalProperties;
    if (property === undefined || property === false) {
      if (schema.additionalProperties === false)
        problems.push({ path: own, part: 'key', message: unknownKey(key, path, Object.keys(known)) });
    } else problems.push(...validate(property, item, own));
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) problems.push({ path, part: 'key', message: `${shown} lacks "${key}"` });
  }
  // Of a mapping the alternatives are members of which one has to be there.
  const oneOf = (schema.anyOf ?? []).flatMap(({ required = [] }) => required);
  if (oneOf.length > 0 && !oneOf.some((key) => Object.hasOwn(value, key))) {
    const names = oneOf.map((key) => `"${key}"`);
    problems.push({ path, part: 'key', message: `${shown} lacks ${names.slice(0, -1).join(', ')} or ${names.at(-1)}` });
  }
  return problems;
}

function unknownKey(key: string, path: FieldPath, known: readonly string[]): string {
  const reserved = path.length === 0 && Object.hasOwn(RESERVED, key) ? RESERVED[key] : undefined;
  if (reserved !== undefined) return `"${key}" is not supported: ${reserved}`;
  const near = closest(key, known);
  const where = path.length === 0 ? '' : ` in "${toDotted(path)}"`;
  return `unknown key "${key}"${where}${near === undefined ? `; known are ${known.join(', ')}` : `, did you mean "${near}"?`}`;
}

/** Problems of the alternative of the value's own type, so that the message is about what was meant. */
function validateAny(schemas: readonly ConfigSchema[], value: JsonValue, path: FieldPath): readonly ConfigProblem[] {
  let nearest: readonly ConfigProblem[] | undefined;
  for (const schema of schemas) {
    const problems = validate(schema, value, path);
    if (problems.length === 0) return [];
    if (schema.type === typeOf(value) || nearest === undefined) nearest = problems;
  }
  return nearest ?? [];
}

const NAMES = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  null: 'empty',
} as const;

function typeOf(value: JsonValue): keyof typeof NAMES {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}
