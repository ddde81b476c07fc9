import { ConfigError, type SourceFile, toDotted, type Unit } from '@plumbline/core';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { resourceOf, schemas } from '../../test/schemas.ts';
import { createKindCatalogue } from '../kind-catalogue.ts';
import { createSchemaRule } from '../schema-rule.ts';
import { placesOf, templateOf } from './location.ts';
import { inOrder, type MoreSchemas } from './more-schemas.ts';
import { readSchemaFile } from './schema-file.ts';
import { schemasAtLocation, schemasOfFiles } from './user-schemas.ts';

const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });
const ajv = () => Ajv;
const THING = { group: 'example.com', version: 'v1', kind: 'Thing' };
const SCHEMA = JSON.stringify({
  type: 'object',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec: { type: 'object', additionalProperties: false, properties: { size: { type: 'integer' }, mode: { enum: ['a', 'b'] } } },
  },
});
const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}}
`;

/** What is said of a Thing whose spec is this: class, rule, place and message, or why nothing is. */
function said(spec: string, more: MoreSchemas | undefined, apiVersion = 'example.com/v1', unit?: Unit): string[] {
  const resource = resourceOf(`{apiVersion: ${apiVersion}, kind: Thing, metadata: {name: a}, ${spec}}`, unit);
  const rule = createSchemaRule(schemas, () => more);
  const inventory = {
    byKind: () => [],
    byKey: () => undefined,
    all: () => [],
    incomplete: undefined,
    isExternal: () => false,
    select: () => [],
  };
  const context = { versions: ['1.37'], inventory, kinds: createKindCatalogue(schemas, []), options: {} };
  return [...rule.check(resource, context as never)].map((one) =>
    'notEvaluated' in one
      ? `not evaluated: ${one.notEvaluated}`
      : `${one.class ?? '-'} ${one.rule} ${toDotted(one.path ?? [])}: ${one.message}`,
  );
}

describe('a location', () => {
  test.each([
    ['schemas', ['schemas/v1.34.0-standalone-strict/thing-example-v1.json', 'schemas/v1.34.0-standalone/thing-example-v1.json']],
    ['a/{{ .ResourceKind }}{{.KindSuffix}}.json', ['a/thing-example-v1.json']],
    ['https://x.test/{{.Group}}/{{- .ResourceKind -}}_{{.ResourceAPIVersion}}.json', ['https://x.test/example.com/thing_v1.json']],
  ])('%s', (location, places) => {
    expect(placesOf(templateOf(location), THING, '1.34')).toEqual(places);
  });

  test('of a core kind', () => {
    expect(placesOf('{{ .Group }}/{{ .ResourceKind }}{{ .KindSuffix }}.json', { group: '', version: 'v1', kind: 'Pod' }, '1.34')).toEqual([
      'v1/pod-v1.json',
    ]);
  });

  test.each(['a/{{ .Kind }}.json', 'a/{{ lower .ResourceKind }}.json', 'a/{{ .ResourceKind.json'])('%s is refused', (location) => {
    expect(() => templateOf(location)).toThrow(ConfigError);
  });
});

test('a file says which kinds it holds', () => {
  const kindsOf = (text: string): readonly string[] | string => {
    const read = readSchemaFile(file('a', text));
    return typeof read === 'string' ? read : read.kinds;
  };
  expect(kindsOf(CRD)).toEqual(['example.com/v1/Thing']);
  expect(kindsOf(`{apiVersion: v1, kind: List, items: [${JSON.stringify({ a: 1 })}]}`)).toEqual([]);
  expect(kindsOf(SCHEMA)).toEqual([]);
  expect(kindsOf('{properties: {apiVersion: {const: example.com/v1}, kind: {enum: [Thing]}}}')).toEqual(['example.com/v1/Thing']);
  expect(kindsOf('{properties: {}, x-kubernetes-group-version-kind: [{group: "", version: v1, kind: Pod}]}')).toEqual(['/v1/Pod']);
  expect(kindsOf('a: [')).toMatch(/^1:/);
});

describe('a kind that nothing in the repository defines', () => {
  const byJson = schemasAtLocation(
    's/{{ .ResourceKind }}.json',
    (place) => (place === 's/thing.json' ? file(place, SCHEMA) : undefined),
    ajv,
  );
  const byCrd = schemasOfFiles([{ from: 'things.yaml', read: () => file('things.yaml', CRD) }], ajv);

  test('by a JSON Schema of the user: a policy of theirs', () => {
    expect(said('spec: {size: 1, mode: a}', byJson)).toEqual([]);
    expect(said('spec: {sise: 1, mode: c, size: x}', byJson)).toEqual([
      'policy schema/unknown-field spec.sise: unknown field "sise", did you mean "size"? (by s/thing.json)',
      'policy schema/wrong-type spec.size: must be integer (by s/thing.json)',
      'policy schema/invalid spec.mode: must be equal to one of the allowed values (by s/thing.json)',
    ]);
    expect(said('data: {}', byJson)).toEqual(['policy schema/missing-required spec: property "spec" is missing (by s/thing.json)']);
  });

  test('what a build or Flux fills in later is not judged by it', () => {
    const unit: Unit = { id: '.', kind: 'kustomization', root: '.', versions: ['1.37'], state: 'unbuilt' };
    expect(said('data: {}', byJson, undefined, unit)).toEqual(['not evaluated: a build that was not run may add the field']);
    expect(said(`spec: {size: '\${SIZE}'}`, byJson, undefined, { ...unit, state: 'as-applied', substituted: true })).toEqual([
      'not evaluated: the value has a variable that is filled in later',
    ]);
  });

  test('by a definition of the user: as a server that has it', () => {
    expect(said('spec: {size: 1}', byCrd)).toEqual([]);
    expect(said('spec: {sise: 1}', byCrd)).toEqual(['refusal schema/unknown-field spec.sise: unknown field "sise", did you mean "size"?']);
    expect(said('spec: {}', byCrd, 'example.com/v2')).toEqual([
      'refusal schema/unknown-kind apiVersion: the definition of Thing has no version "v2", only v1',
    ]);
  });

  test('the first that has a schema wins', () => {
    expect(said('spec: {sise: 1}', inOrder([byCrd, byJson]))).toHaveLength(1);
    expect(said('spec: {sise: 1}', inOrder([byJson, byCrd]))[0]).toMatch(/^policy/);
  });

  test('one that is missing says why, unless another has it', () => {
    const missing = schemasAtLocation('https://x.test/{{ .ResourceKind }}.json', (place) => `${place} was not added`, ajv);
    expect(said('spec: {}', missing)).toEqual(['not evaluated: https://x.test/thing.json was not added']);
    expect(said('spec: {}', inOrder([missing, byCrd]))).toEqual([]);
    const odd = schemasAtLocation(
      'odd.json',
      (place) => file(place, '{"type": "object", "properties": {"a": {"$ref": "other.json"}}}'),
      ajv,
    );
    expect(said('spec: {}', odd)[0]).toMatch(/^not evaluated: the schema odd\.json does not compile: /);
  });

  test('by nothing', () => {
    expect(said('spec: {}', undefined)).toEqual(['not evaluated: no schema of group "example.com" is in sight']);
  });
});
