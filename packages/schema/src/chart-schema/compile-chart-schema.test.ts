import type { JsonObject, JsonValue } from '@plumbline/core';
import { Ajv } from 'ajv';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { usePatternLibrary } from '../pattern.ts';
import { compileChartSchema } from './compile-chart-schema.ts';
import { useSchemaLibrary } from './schema-library.ts';

usePatternLibrary(() => RE2JS);
useSchemaLibrary(() => Ajv);

/** The faults as lines, or why there is no verdict. */
function judged(schema: JsonObject, values: JsonObject): readonly string[] | string {
  const compiled = compileChartSchema(schema);
  if (compiled.form === 'unclear') return compiled.why;
  if (compiled.form === 'invalid') return `invalid: ${compiled.path.join('.')} ${compiled.message}`;
  const faults = compiled.judge(values);
  return 'why' in faults ? faults.why : faults.map(({ path, what, message }) => `${path.join('.')} ${what}: ${message}`);
}

test('what the schema does not allow', () => {
  const schema: JsonObject = {
    required: ['image'],
    additionalProperties: false,
    properties: {
      image: { type: 'string' },
      ports: { type: 'array', items: { type: 'integer', maximum: 65535 }, uniqueItems: true },
      mode: { enum: ['a', 'b'] },
      size: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
  };
  expect(judged(schema, { image: 'x', ports: [1, 2], mode: 'a', size: null })).toEqual([]);
  expect(judged(schema, { ports: [1, 70000, 1], mode: 'c', size: {}, imge: 'x' })).toEqual([
    ' missing: is missing, and the schema wants it',
    'imge unknown: is none that the schema knows',
    'ports.1 other: must be <= 65535',
    'ports other: must NOT have duplicate items (items ## 2 and 0 are identical)',
    'mode other: must be one of "a", "b"',
    'size type: must be a string or null',
  ]);
});

test('each draft has words of its own', () => {
  const of = (draft: string, schema: JsonObject): JsonObject => ({ $schema: `https://json-schema.org/${draft}schema`, ...schema });
  const tuple = { properties: { a: { prefixItems: [{ type: 'string' }], items: false } } };
  expect(judged(of('draft/2020-12/', tuple), { a: ['x', 1] })).toEqual(['a other: must NOT have more than 1 items']);
  const dependent = { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } };
  expect(judged(of('draft/2019-09/', dependent), { a: 1, c: 1 })).toEqual([
    expect.stringContaining('missing'),
    expect.stringContaining('missing'),
  ]);
  const beside = { $defs: { a: { type: 'object' } }, properties: { a: { $ref: '#/$defs/a', required: ['b'] } } };
  expect(judged(of('draft/2020-12/', beside), { a: {} })).toHaveLength(1);
  // Up to draft 7 what stands beside a $ref does not count.
  expect(judged(of('draft-07/', beside), { a: {} })).toEqual([]);
  const exclusive = { properties: { a: { minimum: 1, exclusiveMinimum: true } } };
  expect(judged(of('draft-04/', exclusive), { a: 1 })).toEqual(['a other: must be > 1']);
  expect(judged(of('draft-07/', exclusive), { a: 1 })).toBe('invalid: properties.a.exclusiveMinimum must be number');
  expect(judged({ $schema: 'https://example.com/mine' }, {})).toBe('the dialect "https://example.com/mine" is not known');
});

test('nothing is fetched: what lies elsewhere is left out where it can only ask for more', () => {
  const outside = { $ref: 'https://example.com/x.json' };
  expect(judged({ properties: { a: outside, b: { type: 'string' } } }, { a: 1, b: 1 })).toEqual(['b type: must be a string']);
  expect(judged({ not: outside }, {})).toBe('it refers to https://example.com/x.json, which is not looked up');
  expect(judged({ $ref: '#/nowhere' }, {})).toContain('nowhere');
  expect(
    judged({ $id: 'https://example.com/v.json', $ref: 'https://example.com/v.json#/$defs/v', $defs: { v: { required: ['a'] } } }, {}),
  ).toHaveLength(1);
});

test('words that only ajv knows mean nothing', () => {
  expect(
    judged(
      { $async: true, properties: { a: { nullable: true, id: 'x', discriminator: { propertyName: 'x' }, type: 'string' } } },
      { a: null },
    ),
  ).toEqual(['a type: must be a string']);
});

test('a schema that is none', () => {
  expect(judged({ properties: { a: { type: 'text' } } }, {})).toBe(
    'invalid: properties.a.type must be one of array, boolean, integer, null, number, object, string',
  );
  expect(judged({ properties: { a: { pattern: '(?!x)' } } }, {})).toBe('invalid:  the pattern "(?!x)" is none that Go\'s regexp reads');
});

test('names of JavaScript are names like any other', () => {
  expect(judged({ required: ['constructor'] }, {})).toHaveLength(1);
  const hostile = JSON.parse('{"properties": {"__proto__": {"type": "string"}, "a\\"]);throw 1;//": {"type": "string"}}}') as JsonObject;
  expect(judged(hostile, { 'a"]);throw 1;//': 1 })).toEqual(['a"]);throw 1;// type: must be a string']);
});

test('what would take for ever ends without a verdict', () => {
  const doubled: Record<string, JsonValue> = { d0: { type: 'object' } };
  for (let at = 1; at <= 60; at++) doubled[`d${at}`] = { allOf: [{ $ref: `#/$defs/d${at - 1}` }, { $ref: `#/$defs/d${at - 1}` }] };
  expect(judged({ $defs: doubled, $ref: '#/$defs/d60' }, {})).toBe('to judge by it takes too long');
  expect(judged({ $ref: '#' }, {})).toBe('to judge by it takes too long');
  const unique = { properties: { a: { uniqueItems: true } } };
  expect(judged(unique, { a: Array.from({ length: 100_000 }, (_, at) => ({ at })) })).toBe('to judge by it takes too long');
  expect(judged({ properties: { a: { pattern: '^(a|a)*$' } } }, { a: `${'a'.repeat(60)}b` })).toEqual([
    'a other: must match pattern "^(a|a)*$"',
  ]);
  let deep: JsonObject = {};
  for (let at = 0; at < 500; at++) deep = { not: deep };
  expect(judged(deep, {})).toBe('it is nested too deep');
  const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`p${at}`, {}]));
  expect(judged({ properties: wide }, {})).toBe('it has more than 8000 parts');
});
