import { expect, test } from 'vitest';
import { linesOf } from '../test/schemas.ts';

const named = (apiVersion: string, kind: string, metadata: string): string[] =>
  linesOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {${metadata}}\n`).filter((line) => line.startsWith('meta/'));

test('every object has a name or a prefix of one', () => {
  expect(named('v1', 'ConfigMap', '')).toEqual([
    'meta/name-missing metadata.name: the object has neither metadata.name nor metadata.generateName',
  ]);
  expect(named('v1', 'ConfigMap', 'generateName: a-')).toEqual([]);
  expect(named('authorization.k8s.io/v1', 'SelfSubjectAccessReview', '')).toEqual([]);
});

test('names have the form that their kind wants', () => {
  expect(named('v1', 'ConfigMap', 'name: a.b-c')).toEqual([]);
  expect(named('v1', 'ConfigMap', 'name: A_b')[0]).toContain('name "A_b" may have only lower case letters');
  expect(named('v1', 'Namespace', 'name: a.b')).toHaveLength(1);
  expect(named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'name: "System:a_b"')).toEqual([]);
  expect(named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'name: a/b')).toHaveLength(1);
  expect(named('batch/v1', 'CronJob', `name: ${'a'.repeat(52)}`)).toEqual([]);
  expect(named('batch/v1', 'CronJob', `name: ${'a'.repeat(53)}`)[0]).toContain('is longer than 52 characters');
  expect(named('v1', 'ConfigMap', 'generateName: A_')[0]).toContain('generateName "A_"');
});

test('a Service may start with a digit from 1.36 on', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: 1a}\nspec: {ports: [{port: 80}]}\n';
  expect(linesOf(service)).toEqual([]);
  expect(linesOf(service, { versions: ['1.37', '1.35'] })[0]).toMatch(/^meta\/name-invalid .* \[1\.35\]$/);
});

test('labels of the object, of the template and of the selector', () => {
  expect(named('v1', 'ConfigMap', 'name: a, labels: {app.kubernetes.io/name: x, y: ""}')).toEqual([]);
  expect(named('v1', 'ConfigMap', 'name: a, labels: {"a b": c}')[0]).toContain('label key "a b" may have only');
  expect(named('v1', 'ConfigMap', 'name: a, labels: {a: "b c"}')[0]).toContain('value "b c" of label "a" may have only');
  expect(named('v1', 'ConfigMap', 'name: a, annotations: {Example.com/A: "any text"}')).toEqual([]);
  expect(named('v1', 'ConfigMap', 'name: a, annotations: {a/b/c: x}')).toHaveLength(1);
  const job =
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: "b/c"}}, spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}\n';
  expect(linesOf(job)[0]).toContain('meta/label-invalid spec.template.metadata.labels.a');
});

test('a namespace on a cluster-scoped kind is advice, for the server ignores it', () => {
  expect(named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'name: a, namespace: b')).toEqual([
    'meta/namespace-on-cluster-scoped metadata.namespace: ClusterRole is cluster-scoped: namespace "b" is ignored (quality)',
  ]);
});

test('names of events of the core group are any path, and a review is looked at by nobody', () => {
  expect(named('v1', 'Event', 'name: "A."')).toEqual([]);
  expect(named('events.k8s.io/v1', 'Event', 'name: "A."')).toHaveLength(1);
  expect(named('authentication.k8s.io/v1', 'TokenReview', 'name: "..", labels: {/: "a b"}')).toEqual([]);
});

test('a prefix is judged beside a name, and its trailing dash with the character before it', () => {
  expect(named('v1', 'ConfigMap', 'name: a, generateName: a.-b')[0]).toContain('generateName "a.-b"');
  expect(named('v1', 'ConfigMap', 'generateName: a.-')).toEqual([]);
  expect(named('v1', 'ReplicationController', 'name: a, generateName: "*"').filter((line) => line.startsWith('meta/'))).toEqual([]);
  expect(named('v1', 'ReplicationController', 'generateName: "*"')[0]).toContain('generateName "*"');
});

test('finalizers are qualified names, for most built-in kinds with a domain', () => {
  expect(named('v1', 'ConfigMap', 'name: a, finalizers: [a.b/c, kubernetes]')).toEqual([]);
  expect(named('v1', 'ConfigMap', 'name: a, finalizers: [a]')).toEqual([
    'meta/name-invalid metadata.finalizers[0]: finalizer "a" is neither kubernetes nor orphan nor foregroundDeletion, nor has it a domain and "/" before it',
  ]);
  expect(named('coordination.k8s.io/v1', 'Lease', 'name: a, finalizers: [a]')).toEqual([]);
  expect(named('coordination.k8s.io/v1', 'Lease', 'name: a, finalizers: [A/b]')).toEqual([
    'meta/name-invalid metadata.finalizers[0]: finalizer "A/b" has a prefix that is no DNS subdomain',
  ]);
});

test('owner references name an API version, no Event, and one controller', () => {
  const owned = (owners: string): string[] =>
    linesOf(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, ownerReferences: ${owners}}\n`).filter((line) => line.includes('owner'));
  expect(owned('[{apiVersion: a/b/c, kind: A, name: a, uid: u}, {apiVersion: v1, kind: Event, name: a, uid: v}]')).toEqual([
    'schema/invalid metadata.ownerReferences[0].apiVersion: "a/b/c" is neither a version nor a group and a version',
    'schema/invalid metadata.ownerReferences[1]: an Event may own nothing',
  ]);
  const one = (uid: string): string => `{apiVersion: v1, kind: A, name: a, uid: ${uid}, controller: true}`;
  expect(owned(`[${one('u')}]`)).toEqual([]);
  expect(owned(`[${one('u')}, ${one('v')}]`)).toEqual([
    'schema/invalid metadata.ownerReferences[1].controller: more than one owner is the controller',
  ]);
});
