import { expect, test } from 'vitest';
import { linesOf } from '../test/schemas.ts';

const ROOT = 'spec.versions[0].schema.openAPIV3Schema';

function definition(root: string, more: { version?: string; spec?: string; group?: string; annotations?: string } = {}): string {
  const { version = '', spec = '', group = 'example.com', annotations = '' } = more;
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.${group}${annotations}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: things, kind: Thing}
${spec}  versions:
  - name: v1
    served: true
    storage: true
${version}    schema:
      openAPIV3Schema: ${root}
`;
}

/** What is said of a field of the spec with this schema: path below it, and message. */
const ofField = (schema: string): string[] =>
  linesOf(definition(`{type: object, properties: {a: ${schema}}}`)).map((line) =>
    line.replace(`api/crd-structural ${ROOT}.properties.a`, '').replace(/^\./, ''),
  );

test('an int-or-string may spell out its two types, in this order and no other way', () => {
  const pair = '[{type: integer}, {type: string}]';
  expect(ofField(`{x-kubernetes-int-or-string: true, anyOf: ${pair}}`)).toEqual([]);
  expect(ofField(`{x-kubernetes-int-or-string: true, allOf: [{anyOf: ${pair}}, {pattern: x}]}`)).toEqual([]);
  expect(ofField('{x-kubernetes-int-or-string: true, anyOf: [{type: string}, {type: integer}]}')).toEqual([
    'anyOf[0].type: type may not stand under allOf, anyOf, oneOf or not',
    'anyOf[1].type: type may not stand under allOf, anyOf, oneOf or not',
  ]);
  expect(ofField(`{x-kubernetes-int-or-string: true, allOf: [{pattern: x}, {anyOf: ${pair}}]}`)).toHaveLength(2);
});

test('what only the structure says may not stand under a form, however deep', () => {
  expect(ofField('{type: string, oneOf: [{title: x}, {nullable: true}, {default: false}]}')).toEqual([
    'oneOf[0].title: title may not stand under allOf, anyOf, oneOf or not',
    'oneOf[1].nullable: nullable may not stand under allOf, anyOf, oneOf or not',
    'oneOf[2].default: default may not stand under allOf, anyOf, oneOf or not',
  ]);
  expect(ofField('{type: object, not: {properties: {b: {x-kubernetes-preserve-unknown-fields: true}}}}')).toEqual([
    'not.properties.b.x-kubernetes-preserve-unknown-fields: x-kubernetes-preserve-unknown-fields may not stand under allOf, anyOf, oneOf or not',
  ]);
  expect(ofField('{type: string, anyOf: [{pattern: "("}]}')).toEqual([
    'anyOf[0].pattern: pattern "(" is no regular expression of Go (RE2)',
  ]);
  expect(ofField('{type: object, anyOf: [{additionalProperties: false}]}')).toEqual([]);
});

test('a form of the root judges only what the structure has; the server does not look at those of a field', () => {
  expect(linesOf(definition('{type: object, properties: {a: {type: object}}, anyOf: [{properties: {b: {minLength: 1}}}]}'))).toEqual([
    `api/crd-structural ${ROOT}.anyOf[0].properties.b: property "b" is not in the structure`,
  ]);
  expect(ofField('{type: object, anyOf: [{properties: {b: {minLength: 1}}}]}')).toEqual([]);
});

test('an embedded resource is an object that has properties or keeps what it has', () => {
  expect(ofField('{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}')).toEqual([]);
  expect(ofField('{type: object, x-kubernetes-embedded-resource: true}')).toEqual([
    'properties: an embedded resource has no properties and does not preserve unknown fields',
  ]);
  expect(ofField('{type: object, x-kubernetes-embedded-resource: true, properties: {metadata: {type: string}}}')).toEqual([
    'properties.metadata.type: the type of metadata is "object"',
  ]);
  expect(ofField('{x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}')).toEqual([
    'type: the type of an embedded resource is "object"',
  ]);
});

test('the root is an object whose metadata is hardly restricted', () => {
  const root = (text: string): string[] => linesOf(definition(text)).map((line) => line.replace(`api/crd-structural ${ROOT}.`, ''));
  expect(root('{type: object, properties: {metadata: {type: object, properties: {name: {type: string, maxLength: 5}}}}}')).toEqual([]);
  expect(root('{type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}')).toEqual([
    'properties.metadata.properties.labels: of metadata, only name and generateName may be restricted, not labels',
  ]);
  expect(root('{type: object, properties: {metadata: {type: object, default: {}}}}')).toEqual([
    'properties.metadata.default: nothing in the metadata of an object may have a default',
  ]);
  expect(root('{type: object, properties: {kind: {type: integer}}}')).toEqual(['properties.kind.type: the type of kind is "string"']);
  expect(root('{type: object, nullable: true}')).toEqual(['nullable: the root may not be nullable']);
  expect(root('{type: object, additionalProperties: {type: string}}')).toEqual([
    'additionalProperties: additionalProperties may not stand at the root',
  ]);
  expect(root('{x-kubernetes-preserve-unknown-fields: true}')).toEqual([]);
});

test('lists of type set and map', () => {
  const keyed = (items: string, keys = '[k]'): string[] =>
    ofField(`{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: ${keys}, items: ${items}}`);
  expect(keyed('{type: object, required: [k], properties: {k: {type: string}}}')).toEqual([]);
  expect(keyed('{type: object, required: [k], properties: {k: {type: string}}}', '[k, k]')).toEqual([
    'x-kubernetes-list-map-keys[1]: the list\'s key "k" is named twice',
  ]);
  expect(keyed('{type: object, required: [k], properties: {k: {type: object}}}')).toEqual([
    'x-kubernetes-list-map-keys[0]: the list\'s key "k" is no plain value',
  ]);
  expect(keyed('{type: string}')).toEqual(['items.type: the items of a list of type map must be objects']);
  expect(ofField('{type: array, x-kubernetes-list-map-keys: [k], items: {type: object}}')).toEqual([
    'x-kubernetes-list-map-keys: x-kubernetes-list-map-keys goes only with x-kubernetes-list-type map',
  ]);
  expect(ofField('{type: array, x-kubernetes-list-type: set, items: {type: object}}')).toEqual([
    expect.stringContaining('neither server-side apply nor rules know sets of items of type object'),
    'items.x-kubernetes-map-type: the items of a list of type set must be atomic',
  ]);
  expect(ofField('{type: array, x-kubernetes-list-type: set, items: {type: array, items: {type: string}}}')).toEqual([
    expect.stringContaining('neither server-side apply nor rules know sets of items of type array'),
  ]);
  expect(ofField('{type: array, x-kubernetes-list-type: set, items: {type: string, nullable: true}}')).toEqual([
    'items.nullable: the items of a list of type set may not be null',
  ]);
});

test('members that say nothing, and those that are there though they are empty', () => {
  expect(ofField('{type: object, properties: {}, additionalProperties: {type: string}}')).toEqual([]);
  expect(ofField('{type: object, properties: {b: {type: string}}, additionalProperties: false}')).toEqual([
    'additionalProperties: additionalProperties and properties exclude each other',
  ]);
  expect(ofField('{type: object, properties: {b: null}}')).toEqual(['properties.b.type: a field of the schema has no type']);
  expect(ofField('{type: object, dependencies: {}, definitions: {}}')).toEqual(['dependencies: dependencies is not supported in a schema']);
  expect(ofField('{type: string, $schema: x}')).toEqual(['$schema: $schema is not supported in a schema']);
});

test('no default is looked for below additionalProperties', () => {
  expect(ofField('{type: object, additionalProperties: {type: object, properties: {b: {type: string, default: 5}}}}')).toEqual([]);
  expect(ofField('{type: object, properties: {additionalProperties: {type: string, default: 5}}}')).toEqual([
    'properties.additionalProperties.default: default 5 does not hold its own schema',
  ]);
});

test('an int-or-string may spell out its types, beside members that no schema has', () => {
  const more = 'x-kubernetes-int-or-string: true';
  expect(ofField(`{${more}, anyOf: [{type: integer, spec: 1}, {type: string}]}`).filter((line) => !line.includes('unknown field'))).toEqual(
    [],
  );
  expect(ofField(`{${more}, anyOf: [{type: integer, minimum: 1}, {type: string}]}`)).toEqual([
    'anyOf[0].type: type may not stand under allOf, anyOf, oneOf or not',
    'anyOf[1].type: type may not stand under allOf, anyOf, oneOf or not',
  ]);
});

test('a default is held against the schema without the defaults that it has inside', () => {
  expect(ofField('{type: object, default: {}, required: [b], properties: {b: {type: string, default: x}}}')).toEqual([
    'default: default an object does not hold its own schema',
  ]);
  expect(ofField('{type: object, default: {b: z}, required: [b], properties: {b: {type: string, default: x}}}')).toEqual([]);
});

test('CEL rules have a text and a message of one line', () => {
  const rule = (text: string): string[] => ofField(`{type: string, x-kubernetes-validations: [${text}]}`);
  const at = 'x-kubernetes-validations[0]';
  expect(rule('{rule: "self != null", message: " "}').filter((line) => line.startsWith(at))).toEqual([
    `${at}.message: the message is blank`,
  ]);
  expect(rule('{rule: "self\\n!= null"}').filter((line) => line.startsWith(at))).toEqual([
    `${at}.message: a rule of several lines has no message`,
  ]);
  expect(rule('{rule: "true", reason: Foo}').filter((line) => line.startsWith(at))).toEqual([
    `${at}.reason: "Foo" is none of FieldValueInvalid, FieldValueForbidden, FieldValueRequired, FieldValueDuplicate`,
  ]);
});

test('what the server drops under items and additionalProperties is no refusal', () => {
  expect(ofField('{type: array, items: {type: string, minLenght: 1}}')).toEqual([
    `schema/unknown-field ${ROOT}.properties.a.items.minLenght: unknown field "minLenght", did you mean "minLength"?; the server drops it without a word (quality)`,
  ]);
  expect(ofField('{type: string, minLenght: 1}')).toEqual([
    `schema/unknown-field ${ROOT}.properties.a.minLenght: unknown field "minLenght", did you mean "minLength"?`,
  ]);
});

test('group, approval, versions and their warnings, selectable fields, conversion', () => {
  const plain =
    '{type: object, properties: {spec: {type: object, properties: {a: {type: string}, b: {type: array, items: {type: string}}}}}}';
  const of = (more: Parameters<typeof definition>[1]): string[] => linesOf(definition(plain, more));
  expect(of({ group: 'example' })).toEqual(['meta/name-invalid spec.group: group "example" is no domain with a dot']);
  expect(of({ group: 'x.k8s.io' })).toEqual([
    'api/crd-structural metadata.annotations["api-approved.kubernetes.io"]: a definition of the group "x.k8s.io" needs the annotation "api-approved.kubernetes.io"',
  ]);
  const approved = (text: string): string[] =>
    of({ group: 'x.k8s.io', annotations: `, annotations: {api-approved.kubernetes.io: "${text}"}` });
  expect(approved('https://example.com/1')).toEqual([]);
  expect(approved('unapproved, experimental')).toEqual([]);
  expect(approved('yes')).toEqual([
    'api/crd-structural metadata.annotations["api-approved.kubernetes.io"]: "yes" is neither a URL nor begins with "unapproved"',
  ]);
  expect(of({ version: '    deprecationWarning: gone\n' })).toEqual([
    'schema/invalid spec.versions[0].deprecationWarning: a version that is not deprecated has a warning',
  ]);
  expect(of({ version: '    deprecated: true\n    deprecationWarning: "a\\nb"\n' })).toEqual([
    'schema/invalid spec.versions[0].deprecationWarning: the warning has line breaks or other characters that do not print',
  ]);
  expect(
    of({ version: '    selectableFields: [{jsonPath: .spec.a}, {jsonPath: .spec.b}, {jsonPath: .spec.c}, {jsonPath: .metadata.name}]\n' }),
  ).toEqual([
    'schema/invalid spec.versions[0].selectableFields[1].jsonPath: ".spec.b" is neither a string nor a boolean nor an integer',
    'schema/invalid spec.versions[0].selectableFields[2].jsonPath: ".spec.c" is no field of the schema',
    'schema/invalid spec.versions[0].selectableFields[3].jsonPath: ".metadata.name" is in the metadata, which has selectors of its own',
  ]);
  expect(of({ spec: '  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v9], clientConfig: {}}}\n' })).toEqual([
    'schema/invalid spec.conversion.webhook.conversionReviewVersions: neither v1 nor v1beta1 is among the versions',
    'schema/missing-required spec.conversion.webhook.clientConfig: the webhook has not exactly one of url and service',
  ]);
  expect(linesOf(definition(plain).replace('{name: things.example.com}', '{generateName: things}'))).toEqual([
    'meta/name-invalid metadata.generateName: generateName "things" is not "things.example.com", the plural and the group: a definition has no name that is made',
  ]);
});
