import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, toPlainNumbers } from '@plumbline/core';
import type { AnySchemaObject, ErrorObject, SchemaValidateFunction } from 'ajv';
import { patternOf } from '../pattern.ts';
import { type ChartSchemaFault, faultsOf, pathOf } from './chart-schema-faults.ts';
import { knownKeywords, STEP } from './known-keywords.ts';
import { schemaLibrary } from './schema-library.ts';

/** A chart's `values.schema.json`: a judge of values, what is wrong with the schema itself, or why it does not decide. */
export type ChartSchema =
  | { readonly form: 'judge'; judge(values: JsonObject): readonly ChartSchemaFault[] | { readonly why: string } }
  | { readonly form: 'invalid'; readonly path: FieldPath; readonly message: string }
  | { readonly form: 'unclear'; readonly why: string };

/** In units of some ten nanoseconds. */
const MOST_STEPS = 5_000_000;

class TooManySteps extends Error {}
class NoPattern extends Error {}

/** `value` is read from a repository that nobody trusts: it runs nothing, fetches nothing, and ends. */
export function compileChartSchema(value: JsonObject): ChartSchema {
  const known = knownKeywords(toPlainNumbers(value) as JsonObject); // an object stays one
  if ('why' in known) return { form: 'unclear', why: known.why };
  let left = 0;
  const ajv = new (schemaLibrary())({
    allErrors: true,
    verbose: true,
    strict: false,
    logger: false,
    validateFormats: false,
    validateSchema: false,
    // What is referred to many times is compiled once.
    inlineRefs: false,
    ownProperties: true,
    // To shorten the code takes longer than to run it once.
    code: { optimize: false, regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
  });
  ajv.addKeyword({
    keyword: STEP,
    schemaType: 'number',
    errors: false,
    validate: ((weight: number, data: unknown, around: AnySchemaObject) => {
      left -= weight * sizeOf(data, around);
      if (left < 0) throw new TooManySteps();
      return true;
    }) as SchemaValidateFunction,
  });
  try {
    if (ajv.validateSchema(known.schema as JsonObject) !== true) return invalid((ajv.errors ?? [])[0]);
    const validate = ajv.compile(known.schema as JsonObject);
    return {
      form: 'judge',
      judge(values) {
        left = MOST_STEPS;
        try {
          const plain = toPlainNumbers(values);
          return validate(plain) ? [] : faultsOf(validate.errors ?? [], plain);
        } catch (error) {
          if (error instanceof TooManySteps || error instanceof RangeError) return { why: 'to judge by it takes too long' };
          throw error;
        }
      },
    };
  } catch (error) {
    if (error instanceof NoPattern) return { form: 'invalid', path: [], message: error.message };
    return { form: 'unclear', why: error instanceof Error ? error.message : String(error) };
  }
}

function invalid(error: ErrorObject | undefined): ChartSchema {
  const allowed = error?.params.allowedValues as unknown; // of an enum
  const message = isArray(allowed) ? `must be one of ${allowed.join(', ')}` : (error?.message ?? 'is none of JSON Schema');
  return { form: 'invalid', path: error === undefined ? [] : pathOf(error.instancePath, undefined), message };
}

function linearPattern(source: string): { test(text: string): boolean } {
  const pattern = patternOf(source);
  if (pattern === undefined) throw new NoPattern(`the pattern ${JSON.stringify(source)} is none that Go's regexp reads`);
  // ajv tells patterns apart by their text.
  return { test: (text) => pattern.test(text), toString: () => source } as { test(text: string): boolean };
}

function sizeOf(data: unknown, { uniqueItems, patternProperties }: AnySchemaObject): number {
  if (typeof data === 'string') return 1 + data.length / 16;
  if (Array.isArray(data)) return uniqueItems === true ? 1 + data.length ** 2 : 1 + data.length;
  const value = data as JsonValue | undefined; // of JSON
  return isObject(value) ? 1 + Object.keys(value).length * (patternProperties === undefined ? 1 : 50) : 1;
}
