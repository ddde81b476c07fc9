import { type FieldPath, isObject, type JsonValue } from '@plumbline/core';
import type { ErrorObject } from 'ajv';

/** A value that a chart's schema does not allow. */
export interface ChartSchemaFault {
  /** Of the value; of the mapping in which a value is missing. */
  readonly path: FieldPath;
  /** `unknown`: the name of the value is not allowed. `choice`: none of several forms fits. */
  readonly what: 'unknown' | 'missing' | 'type' | 'choice' | 'other';
  /** Goes on from the name of the value. */
  readonly message: string;
  /** Names that are known where one is unknown, or the one that is missing. */
  readonly names: readonly string[];
}

/** What ajv found, each fault once: of a choice the choice, not what each of its forms lacks. */
export function faultsOf(errors: readonly ErrorObject[], values: JsonValue): readonly ChartSchemaFault[] {
  const faults: ChartSchemaFault[] = [];
  const seen = new Set<string>();
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  for (const error of errors) {
    if (error.keyword === 'if') continue;
    if (choices.some((choice) => choice !== error && isWithin(error, choice))) continue;
    const fault = faultOf(error, errors, values);
    const key = JSON.stringify([fault.path, fault.what, fault.message, fault.what === 'missing' ? fault.names : '']);
    if (seen.has(key)) continue;
    seen.add(key);
    faults.push(fault);
  }
  return faults;
}

function isWithin(error: ErrorObject, choice: ErrorObject): boolean {
  return error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`);
}

function faultOf(error: ErrorObject, errors: readonly ErrorObject[], values: JsonValue): ChartSchemaFault {
  const path = pathOf(error.instancePath, values);
  const params = error.params as {
    readonly additionalProperty?: string;
    readonly missingProperty?: string;
    readonly type?: string | readonly string[];
    readonly allowedValues?: readonly unknown[];
  }; // by keyword
  if (params.additionalProperty !== undefined) {
    const known: unknown = error.parentSchema?.properties;
    return {
      path: [...path, params.additionalProperty],
      what: 'unknown',
      message: 'is none that the schema knows',
      names: isObject(known) ? Object.keys(known) : [],
    };
  }
  if (params.missingProperty !== undefined)
    return { path, what: 'missing', message: 'is missing, and the schema wants it', names: [params.missingProperty] };
  if (error.keyword === 'type') return { path, what: 'type', message: `must be ${typesText([params.type ?? ''].flat())}`, names: [] };
  if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
    const inside = errors.filter((other) => other !== error && isWithin(other, error));
    const types = inside.flatMap((other) => (other.keyword === 'type' ? [other.params.type as string | readonly string[]].flat() : []));
    if (inside.length > 0 && inside.every((other) => other.keyword === 'type' && other.instancePath === error.instancePath))
      return { path, what: 'type', message: `must be ${typesText([...new Set(types)])}`, names: [] };
    return {
      path,
      what: 'choice',
      message:
        error.keyword === 'oneOf' && inside.length === 0
          ? 'fits several forms of which the schema allows one'
          : 'has none of the forms that the schema allows',
      names: [],
    };
  }
  if (error.keyword === 'enum' && params.allowedValues !== undefined)
    return {
      path,
      what: 'other',
      message: `must be one of ${params.allowedValues
        .slice(0, 10)
        .map((value) => JSON.stringify(value))
        .join(', ')}`,
      names: [],
    };
  return { path, what: 'other', message: error.message ?? 'breaks the schema', names: [] };
}

function typesText(types: readonly string[]): string {
  const words = types.map((type) =>
    type === 'null'
      ? 'null'
      : type === 'object'
        ? 'a mapping'
        : type === 'array'
          ? 'a list'
          : type === 'integer' || type === ''
            ? 'an integer'
            : `a ${type}`,
  );
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A JSON pointer as a path; indexes are numbers where the value has a list. */
export function pathOf(pointer: string, value: JsonValue | undefined): FieldPath {
  const path: (string | number)[] = [];
  let at: unknown = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const isIndex = value === undefined ? /^\d+$/.test(name) : Array.isArray(at);
    const key = isIndex ? Number(name) : name;
    path.push(key);
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined; // any object has members
  }
  return path;
}
