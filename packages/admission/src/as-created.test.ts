import { member, toDotted, valueAt } from '@plumbline/core';
import { expect, test } from 'vitest';
import { object } from '../test/given.ts';
import { asCreated, asReceived } from './as-created.ts';

// What a server of 1.37 was seen to give new objects before it asks policies of the two kinds.
test.each<[string, string, Readonly<Record<string, unknown>>]>([
  [
    'a Deployment',
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {}}',
    { 'metadata.generation': 1, status: undefined },
  ],
  ['a Service has no generation', '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {}}', { 'metadata.generation': undefined }],
  ['a custom resource', '{apiVersion: e.io/v1, kind: Thing, metadata: {name: a}}', { 'metadata.generation': 1 }],
  [
    'a claim',
    '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a, finalizers: [x]}}',
    { 'metadata.finalizers': ['x', 'kubernetes.io/pvc-protection'] },
  ],
  ['a generated name', '{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}', { 'metadata.name': 'a-xxxxx' }],
  [
    'a Pod',
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c}]}}',
    { 'status.phase': 'Pending', 'status.qosClass': 'BestEffort', 'spec.priority': 0 },
  ],
  [
    'a critical Pod',
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priorityClassName: system-node-critical}}',
    { 'spec.priority': 2000001000 },
  ],
  [
    'a Pod of a class that is not known',
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priorityClassName: mine}}',
    { 'spec.priority': undefined },
  ],
  [
    'a guaranteed Pod',
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{resources: {limits: {cpu: "1", memory: 1Gi}}}]}}',
    { 'status.qosClass': 'Guaranteed' },
  ],
  [
    'a burstable Pod',
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{resources: {limits: {cpu: "1"}}}]}}',
    { 'status.qosClass': 'Burstable' },
  ],
])('%s', (_name, text, expected) => {
  const made = asCreated(object(text));
  for (const [path, value] of Object.entries(expected)) expect([path, valueAt(made, path.split('.'))]).toEqual([path, value]);
});

test.each<[string, readonly string[]]>([
  ['[]', ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']],
  [
    '[{key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute}]',
    ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'],
  ],
  [
    '[{key: node.kubernetes.io/not-ready, operator: Exists, effect: NoSchedule}]',
    ['node.kubernetes.io/not-ready', 'node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'],
  ],
  ['[{operator: Exists}]', ['']],
])('tolerations %s', (tolerations, keys) => {
  const { spec } = asReceived(object(`{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {tolerations: ${tolerations}}}`));
  const list = member(spec, 'tolerations');
  expect((Array.isArray(list) ? list : []).map((one) => member(one, 'key') ?? '')).toEqual(keys);
});

test('mutating policies see neither uid nor generation nor creation, and owners only where there is a field to own', () => {
  const seen = (text: string): readonly string[] => Object.keys(asReceived(object(text)).metadata ?? {}).map((key) => toDotted([key]));
  expect(seen('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}')).toEqual(['name']);
  expect(seen('{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {}}')).toEqual(['name', 'managedFields']);
  expect(Object.keys(asCreated(object('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}')).metadata ?? {})).toEqual([
    'name',
    'uid',
    'creationTimestamp',
  ]);
});
