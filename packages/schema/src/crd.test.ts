import { expect, test } from 'vitest';
import { linesOf, resourceOf } from '../test/schemas.ts';

const definition = (schema: string, more = ''): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
  - name: v1
    served: true
    storage: true
${more}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: ${schema}
  - name: v0
    served: false
    storage: false
    schema: {openAPIV3Schema: {type: object}}
`;

const judged = (schema: string, spec: string, more = ''): string[] =>
  linesOf(`apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: ${spec}\n`, {
    definitions: [resourceOf(definition(schema, more))],
  });

test('types, required, choices, bounds and unknown fields', () => {
  const schema =
    '{type: object, required: [size], properties: {size: {type: string, enum: [Small, Large]}, count: {type: integer, minimum: 1}, name: {type: string, pattern: "^a"}}}';
  expect(judged(schema, '{size: Small, count: 1, name: ab}')).toEqual([]);
  expect(judged(schema, '{size: small, count: 0, name: b, extra: 1}')).toEqual([
    'schema/enum-case spec.size: "small" is none of "Small", "Large", did you mean "Small"?',
    'schema/invalid spec.count: 0 is less than 1',
    'schema/invalid spec.name: "b" does not match ^a',
    'schema/unknown-field spec.extra: unknown field "extra"',
  ]);
  expect(judged(schema, '{}')).toEqual(['schema/missing-required spec.size: field "size" is missing in spec']);
  expect(judged(schema, '{size: 5}')[0]).toContain('schema/wrong-type');
});

test('a default stands in for a required field, and null means absent', () => {
  expect(judged('{type: object, required: [a], properties: {a: {type: string, default: x}}}', '{a: null}')).toEqual([]);
  expect(judged('{type: object, required: [a], properties: {a: {type: string}}}', '{a: null}')).toEqual([
    'schema/missing-required spec.a: field "a" is missing in spec',
  ]);
  expect(judged('{type: object, required: [a], properties: {a: {type: string, nullable: true}}}', '{a: null}')).toEqual([]);
  expect(judged('{type: array, items: {type: string}}', '[null]')).toEqual(['schema/null-value spec[0]: null where a string is wanted']);
});

test('free-form parts, int-or-string, maps and embedded objects', () => {
  expect(judged('{type: object, x-kubernetes-preserve-unknown-fields: true}', '{any: {thing: 1}}')).toEqual([]);
  expect(judged('{type: object, additionalProperties: {x-kubernetes-int-or-string: true}}', '{a: 4294967296, b: "50%"}')).toEqual([]);
  expect(judged('{type: object, additionalProperties: {x-kubernetes-int-or-string: true}}', '{a: true}')).toEqual([
    'schema/wrong-type spec.a: true is not an integer or a string',
  ]);
  const embedded = '{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}';
  expect(judged(embedded, '{apiVersion: v1, kind: Pod, metadata: {name: a}}')).toEqual([]);
  expect(judged(embedded, '{kind: Pod}')).toEqual(['schema/embedded-resource spec.apiVersion: the embedded object has no apiVersion']);
});

test('lists of type set and map refuse equal items; forms of schemas', () => {
  expect(judged('{type: array, x-kubernetes-list-type: set, items: {type: string}}', '[a, b, a]')).toEqual([
    'schema/list-map-duplicate spec[2]: value "a" is in spec twice, first at index 0',
  ]);
  const oneOf = '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}';
  expect(judged(oneOf, '{a: ""}')).toEqual([]);
  expect(judged(oneOf, '{a: x, b: z}')).toEqual(["schema/invalid spec: an object fails the schema's oneOf"]);
});

test('versions that the definition does not have or serve, and deprecated ones', () => {
  const definitions = [resourceOf(definition('{type: object}', '    deprecated: true'))];
  const of = (version: string): string[] =>
    linesOf(`apiVersion: example.com/${version}\nkind: Thing\nmetadata: {name: a}\n`, { definitions });
  expect(of('v2')).toEqual(['schema/unknown-kind apiVersion: the definition of Thing has no version "v2", only v1']);
  expect(of('v0')).toEqual(['schema/unknown-kind apiVersion: the definition of Thing does not serve version "v0", only v1']);
  expect(of('v1')).toEqual(['api/deprecated apiVersion: example.com/v1 Thing is deprecated (server-warning)']);
  expect(linesOf('apiVersion: example.com/v1\nkind: Other\nmetadata: {name: a}\n', { definitions })).toEqual([
    'schema/unknown-kind not evaluated: no definition of kind "Other" is in sight, only of Thing in its group',
  ]);
});

test('CEL rules run once everything else holds', () => {
  const spec = '{type: object, properties: {a: {type: integer}}, x-kubernetes-validations: [{rule: "self.a > 1", message: small}]}';
  expect(judged(spec, '{a: 2}')).toEqual([]);
  expect(judged(spec, '{a: 1}')).toEqual(['schema/cel-rule spec: small']);
  expect(judged(spec, '{a: x}')).toEqual([expect.stringMatching(/^schema\/wrong-type spec\.a/)]);
});

test('patterns are those of Go, and none takes for ever', () => {
  const long = `${'a'.repeat(60)}!`;
  expect(judged('{type: string, pattern: "^(a+)+$"}', long)).toEqual([`schema/invalid spec: "${'a'.repeat(57)}…" does not match ^(a+)+$`]);
  expect(judged('{type: string, pattern: "^((?i)warn)$"}', 'WARN')).toEqual([]);
  expect(judged('{type: string, pattern: "^(?!a)b$"}', 'b')).toEqual([
    'schema/invalid not evaluated: a pattern of the definition does not compile',
  ]);
});

test('a definition is structural', () => {
  expect(linesOf(definition('{type: object}'))).toEqual([]);
  expect(linesOf(definition('{properties: {a: {type: string}}}'))).toEqual([
    'api/crd-structural spec.versions[0].schema.openAPIV3Schema.properties.spec.type: a field of the schema has no type',
  ]);
  expect(linesOf(definition('{type: array}'))[0]).toContain('a list has no items');
  expect(linesOf(definition('{type: object}').replace('things.example.com', 'thing.example.com'))).toEqual([
    'meta/name-invalid metadata.name: name "thing.example.com" is not "things.example.com", the plural and the group',
  ]);
});

test('a definition that demands a field which it prunes can never have an object', () => {
  const rule = 'schema/preserve-unknown spec.versions[0].schema.openAPIV3Schema.properties.spec';
  expect(linesOf(definition('{type: object, required: [size, a], properties: {a: {type: string}}}'))).toEqual([
    `${rule}.required[0]: required field "size" is not among the properties (quality)`,
  ]);
  expect(linesOf(definition('{type: array, items: {type: object, required: [kind]}}'))).toEqual([
    `${rule}.items.required[0]: required field "kind" is not among the properties (quality)`,
  ]);
  const open = ['x-kubernetes-preserve-unknown-fields: true', 'additionalProperties: {type: string}'];
  for (const each of open) expect(linesOf(definition(`{type: object, required: [size], ${each}}`))).toEqual([]);
  expect(
    linesOf(
      definition(
        '{type: object, required: [kind], x-kubernetes-embedded-resource: true, properties: {spec: {type: object, properties: {a: {type: string}}}}}',
      ),
    ),
  ).toEqual([]);
});

test('what the server does not take in a schema', () => {
  const one = (schema: string): string | undefined => linesOf(definition(schema))[0];
  expect(one('{type: string, pattern: "^(?!a)b$"}')).toContain('is no regular expression of Go (RE2)');
  expect(one('{type: integer, minimum: 3, default: 1}')).toContain('default 1 does not hold its own schema');
  expect(one('{type: string, id: foo}')).toContain('id is not supported in a schema');
  expect(one('{type: string, x-kubernetes-list-type: set}')).toContain('x-kubernetes-list-type goes only with type array');
  expect(one('{type: object, default: {a: x}, properties: {a: {type: string}}}')).toBeUndefined();
});

test('scope, names, columns and subresources of a definition', () => {
  const text = definition(
    '{type: object}',
    '    additionalPrinterColumns: [{name: A, type: text, jsonPath: spec.a}]\n    subresources: {scale: {specReplicasPath: .status.a, statusReplicasPath: .status.b}}',
  );
  expect(linesOf(text.replace('scope: Namespaced', 'scope: namespaced').replace('kind: Thing}', 'kind: Bad_Kind}'))).toEqual([
    'schema/enum-case spec.scope: "namespaced" is none of Cluster, Namespaced, did you mean "Namespaced"?',
    'meta/name-invalid spec.names.kind: "Bad_Kind" may have only letters, digits and "-", starts with a letter and ends with a letter or digit',
    'schema/invalid spec.versions[0].subresources.scale.specReplicasPath: ".status.a" is not under .spec.',
    'schema/invalid spec.versions[0].additionalPrinterColumns[0].type: "text" is none of integer, number, string, boolean, date',
    'schema/invalid spec.versions[0].additionalPrinterColumns[0].jsonPath: "spec.a" does not start with "."',
  ]);
});

test('a status that is dropped is searched for unknown fields, and nothing else', () => {
  const more = '    subresources: {status: {}}';
  const schema = '{type: object}';
  const status = ', status: {type: object, required: [b], properties: {a: {type: integer}, b: {type: string}}}';
  const of = (value: string, subresources = more): string[] =>
    linesOf(`apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nstatus: ${value}\n`, {
      definitions: [resourceOf(definition(`${schema}${status}`.replace(', status', '\n          status'), subresources))],
    }).filter((line) => !line.includes('belongs to the server'));
  expect(of('5')).toEqual([]);
  expect(of('{a: x}')).toEqual([]);
  expect(of('{c: 1}')).toEqual(['schema/unknown-field status.c: unknown field "c"']);
  expect(of('5', '')).toEqual(['schema/wrong-type status: 5 is not an object']);
});

test('a list passes for a string whose format the server knows', () => {
  expect(judged('{type: object, properties: {a: {type: string, format: ipv4}}}', '{a: [1]}')).toEqual([
    'schema/wrong-type spec.a: a list is not a string; the server lets it pass (quality)',
  ]);
  expect(judged('{type: object, properties: {a: {type: string, format: own}}}', '{a: [1]}')).toEqual([
    'schema/wrong-type spec.a: a list is not a string',
  ]);
});

test('a multiple is one but for rounding', () => {
  const schema = '{type: object, properties: {a: {type: number, multipleOf: 0.1}}}';
  expect(judged(schema, '{a: 0.3}')).toEqual([]);
  expect(judged(schema, '{a: 0.25}')).toEqual(['schema/invalid spec.a: 0.25 is no multiple of 0.1']);
});
