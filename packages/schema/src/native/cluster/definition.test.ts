import { expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkDefinition } from './definition.ts';

const NAMES = 'group: a.b, names: {plural: cs}';

test.each<[string, ...string[]]>([
  [`metadata: {name: cs.a.b}, spec: {${NAMES}}`],
  [`metadata: {generateName: cs.a.}, spec: {${NAMES}}`, 'meta/name-invalid metadata.generateName'],
  [`spec: {${NAMES}, conversion: {strategy: Webhook, webhook: {clientConfig: {url: "https://a/b"}}}}`],
  [
    `spec: {${NAMES}, conversion: {strategy: Webhook, webhook: {clientConfig: {url: "http://a/b"}}}}`,
    'schema/invalid spec.conversion.webhook.clientConfig.url',
  ],
  [
    `spec: {${NAMES}, conversion: {strategy: Webhook, webhook: {clientConfig: {service: {name: a}}}}}`,
    'schema/missing-required spec.conversion.webhook.clientConfig.service.namespace',
  ],
  // Said with the structure.
  [`spec: {${NAMES}, conversion: {strategy: Webhook, webhook: {clientConfig: {}}}}`],
])('%s', (members, ...lines) => {
  expect(saidOf(checkDefinition, `{${members}}`)).toEqual(lines);
});

test.each<[string, ...string[]]>([
  ['type: string, format: date-time'],
  ['type: string, format: foo', 'schema/server-warning a.format (server-warning)'],
  ['type: integer, format: int64'],
  ['type: integer, format: uint8', 'schema/server-warning a.format (server-warning)'],
  ['type: boolean, format: date', 'schema/server-warning a.format (server-warning)'],
  ['type: array, x-kubernetes-list-type: set, items: {type: string}'],
  ['type: array, x-kubernetes-list-type: set, items: {type: array}', 'schema/server-warning a.x-kubernetes-list-type (server-warning)'],
])('a field of %s', (schema, ...lines) => {
  const text = `{spec: {${NAMES}, versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {a: {${schema}}}}}}]}}`;
  expect(saidOf(checkDefinition, text).map((line) => line.replace('spec.versions[0].schema.openAPIV3Schema.properties.', ''))).toEqual(
    lines,
  );
});
