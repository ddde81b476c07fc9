import { createEnvironment, formatType, typeName } from '@plumbline/cel';
import type { JsonObject } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { celTypeOf, celTypeOfSchema } from './cel-types.ts';
import { createType, fieldOf, INT32, LIST, MAP, OBJECT, STRING, TIME } from './type.ts';

function sizesOf(schema: JsonObject): unknown {
  const type = celTypeOfSchema(schema, 'selfType');
  if (type === undefined) return undefined;
  return [formatType(type), 'maxSize' in type ? type.maxSize : undefined, 'minJsonSize' in type ? type.minJsonSize : undefined];
}

// As k8s.io/apiserver/pkg/cel/common derives them; unbounded ones from the largest request, 3 MiB.
describe('the types and sizes of schemas', () => {
  test.each<[JsonObject, unknown]>([
    [{ type: 'string' }, ['string', 3_145_726, 2]],
    [{ type: 'string', maxLength: 10 }, ['string', 40, 2]],
    [{ type: 'string', enum: ['a', 'bcd'] }, ['string', 3, 2]],
    [{ type: 'string', format: 'date-time' }, ['timestamp', 32, 21]],
    [{ type: 'string', format: 'date' }, ['timestamp', 12, 12]],
    [{ type: 'string', format: 'duration' }, ['duration', 32, 3]],
    [{ type: 'string', format: 'byte', maxLength: 8 }, ['bytes', 8, 2]],
    [{ type: 'integer' }, ['int', undefined, 1]],
    [{ type: 'number' }, ['double', undefined, 1]],
    [{ 'x-kubernetes-int-or-string': true }, ['dyn', 3_145_726, 1]],
    [{ type: 'array', items: { type: 'string' } }, ['list(string)', 1_048_575, 2]],
    [{ type: 'array', maxItems: 7, items: { type: 'integer' } }, ['list(int)', 7, 2]],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, ['map(string, bool)', 314_572, 2]],
    [{ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }, ['selfType', undefined, 12]],
    [{ 'x-kubernetes-preserve-unknown-fields': true }, undefined],
    [{ type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true } }, undefined],
  ])('%j', (schema, expected) => {
    expect(sizesOf(schema)).toEqual(expected);
  });
});

test('rules see the members that CEL can name, under escaped names', () => {
  const type = celTypeOfSchema(
    { type: 'object', properties: { 'a-b': { type: 'string' }, namespace: { type: 'string' }, 'a@b': { type: 'string' } } },
    'selfType',
  );
  if (type === undefined) throw new Error('no type');
  const environment = createEnvironment({ variables: [{ name: 'self', type }] });
  const issues = (text: string): readonly string[] => {
    const compilation = environment.compile(text);
    return compilation.ok ? [] : compilation.issues.map(({ message }) => message);
  };
  expect(issues("self.a__dash__b == self.__namespace__ && self.namespace == ''")).toEqual([]);
  expect(issues('self.c')).toEqual(["undefined field 'c'"]);
});

test('of a resource rules see the kind and the names', () => {
  const type = celTypeOfSchema({ type: 'object', properties: { spec: { type: 'object', properties: {} } } }, 'selfType', true);
  if (type === undefined) throw new Error('no type');
  const environment = createEnvironment({ variables: [{ name: 'self', type }] });
  expect(environment.compile("self.kind == '' && self.metadata.name == ''").ok).toBe(true);
  expect(environment.compile('self.metadata.labels').ok).toBe(false);
});

describe('lists and maps compare as their schemas say', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: {
      set: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      map: {
        type: 'array',
        items: { type: 'object', properties: { k: { type: 'string' }, v: { type: 'integer' } } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['k'],
      },
      port: { 'x-kubernetes-int-or-string': true },
      rate: { type: 'number' },
      nothing: { type: 'string', nullable: true },
      open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
  const self = {
    set: ['x', 'y'],
    map: [
      { k: 'a', v: 1 },
      { k: 'b', v: 2 },
    ],
    port: 80,
    rate: 3,
    nothing: null,
    open: { w: 1 },
  };
  test.each([
    ["self.set == ['y', 'x']", 'true'],
    ["self.set + ['x', 'z'] == ['z', 'y', 'x']", 'true'],
    [
      "self.map == [{'k': 'b', 'v': 2}, {'k': 'a', 'v': 1}]",
      "check: found no matching overload for '_==_' applied to '(list(selfType.map.@idx), list(map(string, dyn)))'",
    ],
    ['self.map + self.map == self.map', 'true'],
    ['self.map == [self.map[1], self.map[0]]', 'true'],
    ['self.port == 80', 'true'],
    ['self.rate == 3.0', 'true'],
    ['has(self.nothing)', 'false'],
    ['self.open == self.open', 'true'],
  ])('%s', (text, expected) => {
    const type = celTypeOfSchema(schema, 'selfType');
    if (type === undefined) throw new Error('no type');
    const compilation = createEnvironment({ variables: [{ name: 'self', type }] }).compile(text);
    if (!compilation.ok) {
      expect(`${compilation.stage}: ${compilation.issues[0]?.message}`).toBe(expected);
      return;
    }
    const evaluation = compilation.program.evaluate({ self });
    expect(evaluation.ok ? String(evaluation.value) : evaluation.error.message).toBe(expected);
  });
});

test('built-in types, which may hold themselves', () => {
  const fields = new Map([
    ['name', fieldOf(createType(STRING))],
    ['count', fieldOf(createType(INT32))],
    ['at', fieldOf(createType(TIME))],
    ['labels', fieldOf(createType(MAP, { item: fieldOf(createType(STRING)) }))],
  ]);
  const node = createType(OBJECT, { name: 'core.v1.Node', fields });
  fields.set('children', fieldOf(createType(LIST, { item: fieldOf(node) })));
  const environment = createEnvironment({ variables: [{ name: 'object', type: celTypeOf(node) }] });
  const typeOfText = (text: string): string => {
    const compilation = environment.compile(text);
    return compilation.ok ? typeName(compilation.program.type) : compilation.issues.map(({ message }) => message).join();
  };
  expect(typeOfText('object.children[0].children')).toBe('list(core.v1.Node)');
  expect(typeOfText('object.children.map(c, c.at)')).toBe('list(google.protobuf.Timestamp)');
  expect(typeOfText('object.labels')).toBe('map(string, string)');
  expect(typeOfText('object.cout')).toBe("undefined field 'cout'");
});
