import { expect, test } from 'vitest';
import type { Resource } from '../read/resource.ts';
import { toDotted } from '../values/field-path.ts';
import { parseGvk } from '../values/gvk.ts';
import type { JsonObject } from '../values/json.ts';
import { containersOf, podSpecOf } from './pods.ts';

function resource(apiVersion: string, kind: string, object: JsonObject): Resource {
  // Only the kind and the object are looked at.
  return { gvk: parseGvk(apiVersion, kind), object, root: [] } as unknown as Resource;
}

const SPEC = { containers: [{ name: 'a' }, 'b'], initContainers: [{ name: 'i' }], ephemeralContainers: [{ name: 'e' }] };
const TEMPLATE = { metadata: { labels: { app: 'a' } }, spec: SPEC };

test.each([
  ['v1', 'Pod', { metadata: { labels: { app: 'a' } }, spec: SPEC }, 'spec'],
  ['v1', 'PodTemplate', { template: TEMPLATE }, 'template.spec'],
  ['apps/v1', 'Deployment', { spec: { template: TEMPLATE } }, 'spec.template.spec'],
  ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: TEMPLATE } } } }, 'spec.jobTemplate.spec.template.spec'],
])('%s %s', (apiVersion, kind, object, path) => {
  const given = resource(apiVersion, kind, object);
  const pod = podSpecOf(given);
  expect(toDotted(pod?.path ?? [])).toBe(path);
  expect(pod?.metadata).toEqual({ labels: { app: 'a' } });
  expect(pod?.template).toBe(kind !== 'Pod');
  expect([...containersOf(given)].map((each) => `${toDotted(each.path)} ${each.kind}`)).toEqual([
    `${path}.initContainers[0] init`,
    `${path}.containers[0] container`,
    `${path}.ephemeralContainers[0] ephemeral`,
  ]);
});

test('what holds no pods, or nothing that can be read, has none', () => {
  expect(podSpecOf(resource('v1', 'Service', { spec: {} }))).toBeUndefined();
  expect(podSpecOf(resource('example.com/v1', 'Deployment', { spec: { template: TEMPLATE } }))).toBeUndefined();
  expect(podSpecOf(resource('apps/v1', 'Deployment', { spec: { template: null } }))).toBeUndefined();
  expect([...containersOf(resource('v1', 'Pod', { spec: { containers: 'a' } }))]).toEqual([]);
});
