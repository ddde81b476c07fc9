import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type Resource } from '@plumbline/core';
import { expect, test } from 'vitest';
import { createKindCatalogue } from './kind-catalogue.ts';
import { requestedTypesOf } from './resource-types.ts';
import { createSchemaSet } from './schema-set.ts';

const data = join(import.meta.dirname, '../../../schemas/kubernetes/data');
const schemas = createSchemaSet((name) => readFileSync(join(data, name), 'utf8'));
const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: a.example.com
  scope: Cluster
  names: {kind: Goose, plural: geese}
  versions: [{name: v1, served: true}, {name: v2, served: true}, {name: v3, served: false}]
`;

const shown = (group: string, version: string, kind: string, minor = 37): string | undefined => {
  const [document] = parse({ path: 'crd.yaml', bytes: new TextEncoder().encode(CRD) });
  const definition = { object: document?.value, gvk: {} } as unknown as Resource; // of a definition nothing else is read
  const types = requestedTypesOf({ group, version, kind }, minor, schemas, createKindCatalogue(schemas, [definition]));
  return types === undefined
    ? undefined
    : [types.type, ...types.equivalents]
        .map(({ group: g, version: v, resource, isNamespaced }) => `${g}/${v}/${resource}${isNamespaced ? '' : ' (cluster)'}`)
        .join(', ');
};

test.each([
  ['', 'v1', 'Pod', '/v1/pods'],
  ['', 'v1', 'Endpoints', '/v1/endpoints'],
  ['networking.k8s.io', 'v1', 'NetworkPolicy', 'networking.k8s.io/v1/networkpolicies'],
  ['networking.k8s.io', 'v1', 'Ingress', 'networking.k8s.io/v1/ingresses'],
  ['storage.k8s.io', 'v1', 'StorageClass', 'storage.k8s.io/v1/storageclasses (cluster)'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler', 'autoscaling/v2/horizontalpodautoscalers, autoscaling/v1/horizontalpodautoscalers'],
  ['', 'v1', 'Event', '/v1/events, events.k8s.io/v1/events'],
  ['a.example.com', 'v1', 'Goose', 'a.example.com/v1/geese (cluster), a.example.com/v2/geese (cluster)'],
  ['a.example.com', 'v1', 'Duck', undefined],
  ['b.example.com', 'v1', 'Goose', undefined],
])('%s/%s %s', (group, version, kind, expected) => {
  expect(shown(group, version, kind)).toBe(expected);
});
