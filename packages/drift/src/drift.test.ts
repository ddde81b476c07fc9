import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretMask, isObject, parse, parseGvk, type Resource, toPointer } from '@plumbline/core';
import { createDefaults, createSchemaSet, kindTypes, relabelledKinds } from '@plumbline/schema';
import { describe, expect, test } from 'vitest';
import { type Drift, type DriftPorts, driftOf } from './drift.ts';
import { entriesOf, findingsOf } from './entries.ts';
import { isMadeByCluster } from './made-by-cluster.ts';
import { selectorOf } from './source-of.ts';

const data = join(import.meta.dirname, '../../../schemas/kubernetes/data');
const schemas = createSchemaSet((name) => readFileSync(join(data, name), 'utf8'));
const defaults = createDefaults(schemas);
const ports: DriftPorts = {
  typeOf: kindTypes(schemas, '1.37'),
  defaulted: (object) => defaults.asStored(object, '1.37'),
  isNamespaced: ({ kind }) => kind !== 'Namespace',
};

/** The objects of a text, each as a resource of one unit. */
function side(text: string): Resource[] {
  const unit = { id: 'apps', kind: 'files', root: 'apps', versions: ['1.37'], state: 'as-applied' } as const;
  return parse({ path: 'apps/all.yaml', bytes: new TextEncoder().encode(text) }).flatMap((document) => {
    const object = document.value;
    if (!isObject(object) || !isObject(object.metadata)) return [];
    const { name, namespace } = object.metadata;
    const place = typeof namespace === 'string' ? namespace : undefined;
    const gvk = parseGvk(String(object.apiVersion), String(object.kind));
    return [{ gvk, namespace: place, name: String(name), object, document, root: [], unit }];
  });
}

const map = (name: string, rest = '', more = ''): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}${rest === '' ? '' : `data: {a: "${rest}"}\n`}`;
const statuses = (drifts: readonly Drift[]): string[] =>
  drifts.map(({ desired, actual, status }) => `${(desired ?? actual)?.name} ${status}`);

test('objects pair by group, kind, namespace and name; what no source applied is no extra', () => {
  const desired = side(map('a', '1') + map('b', '1') + map('c', '1', '  namespace: default\n'));
  const actual = side(map('a', '1', '  namespace: default\n') + map('b', '2') + map('c', '1') + map('other', '1'));
  expect(statuses(driftOf(desired, actual, ports))).toEqual(['a in-sync', 'b changed', 'c in-sync']);
  expect(statuses(driftOf(desired, side(map('a', '1')), ports))).toEqual(['a in-sync', 'b missing', 'c missing']);
});

test.each([
  ['Flux', '  labels:\n    kustomize.toolkit.fluxcd.io/name: apps\n    kustomize.toolkit.fluxcd.io/namespace: flux-system\n'],
  ['Argo CD', '  annotations:\n    argocd.argoproj.io/tracking-id: "apps:/ConfigMap:default/x"\n'],
  ['an ApplySet', '  labels:\n    applyset.kubernetes.io/part-of: applyset-1\n'],
])('what %s applied and the source does not have any more is extra', (_name, owner) => {
  const actual = side(map('a', '1', owner) + map('gone', '1', owner) + map('foreign', '1'));
  expect(statuses(driftOf(side(map('a', '1')), actual, ports))).toEqual(['a in-sync', 'gone extra']);
});

test('a scope to prune counts everything in it', () => {
  const actual = side(map('a', '1') + map('other', '1', '  namespace: x\n'));
  const prunes = ({ namespace }: Resource): boolean => namespace === 'x';
  expect(statuses(driftOf(side(map('a', '1')), actual, ports, { prunes }))).toEqual(['a in-sync', 'other extra']);
});

test('what could not be read is not missing', () => {
  const unreadOf = ({ name }: Resource): string | undefined => (name === 'b' ? 'the kind may not be listed' : undefined);
  const drifts = driftOf(side(map('a', '1') + map('b', '1')), [], ports, { unreadOf });
  expect(statuses(drifts)).toEqual(['a missing', 'b not-evaluated']);
  expect(drifts[1]?.reason).toBe('the kind may not be listed');
});

test.each([
  ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-root-ca.crt}\n', true],
  ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n', false],
  ['apiVersion: v1\nkind: Pod\nmetadata: {name: p, ownerReferences: [{kind: ReplicaSet}]}\n', true],
  ['apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r, labels: {kubernetes.io/bootstrapping: d}}\n', true],
])('made by the cluster itself: %j is %s', (text, expected) => {
  expect(side(text).map(isMadeByCluster)).toEqual([expected]);
});

test.each([
  [
    'kustomize.toolkit.fluxcd.io flux-system/apps',
    'kustomize.toolkit.fluxcd.io/name=apps,kustomize.toolkit.fluxcd.io/namespace=flux-system',
  ],
  ['helm.toolkit.fluxcd.io /apps', 'helm.toolkit.fluxcd.io/name=apps'],
  ['applyset applyset-1', 'applyset.kubernetes.io/part-of=applyset-1'],
  ['argocd apps', undefined],
])('objects of %s are asked for by %s', (source, expected) => {
  expect(selectorOf(source)).toBe(expected);
});

test('different versions are not compared, and said', () => {
  const hpa = (version: string): string =>
    `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: h\nspec:\n  maxReplicas: 2\n`;
  const [drift] = driftOf(side(hpa('v2')), side(hpa('v1')), ports);
  expect(drift).toMatchObject({ status: 'not-evaluated', reason: expect.stringContaining('v2 and v1') });
});

describe('a custom resource in another version', () => {
  const crd = (strategy: string, served = 'true'): string => {
    const version = (name: string, more: string): string =>
      `    - {name: ${name}, served: ${name === 'v1' ? served : 'true'}, storage: ${name === 'v2'}, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}, doors: {type: array, items: {type: object, properties: {name: {type: string}}}}${more}}}}}}}\n`;
    return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: houses.example.com}\nspec:\n  group: example.com\n  names: {kind: House, plural: houses}\n  scope: Namespaced\n  conversion: {strategy: ${strategy}}\n  versions:\n${version('v1', ', old: {type: string}')}${version('v2', ', new: {type: string}')}`;
  };
  const house = (version: string, spec: string): string =>
    `apiVersion: example.com/${version}\nkind: House\nmetadata: {name: h}\nspec: ${spec}\n`;
  test.each<[string, string, string, string, string, string[]]>([
    ['the same', crd('None'), house('v1', '{size: 1, doors: [{name: a}]}'), house('v2', '{size: 1, doors: [{name: a}]}'), 'in-sync', []],
    ['a change', crd('None'), house('v1', '{size: 1}'), house('v2', '{size: 2}'), 'changed', ['/spec/size']],
    [
      'a field that only the live version has',
      crd('None'),
      house('v1', '{size: 1}'),
      house('v2', '{size: 2, new: x}'),
      'not-evaluated',
      [],
    ],
    ['a field that only the desired version has', crd('None'), house('v1', '{old: x}'), house('v2', '{size: 2}'), 'not-evaluated', []],
    ['a webhook converts', crd('Webhook'), house('v1', '{size: 1}'), house('v2', '{size: 1}'), 'not-evaluated', []],
    ['a version is not served', crd('None', 'false'), house('v1', '{size: 1}'), house('v2', '{size: 1}'), 'not-evaluated', []],
  ])('%s', (_name, definition, desired, actual, status, paths) => {
    const definitions = side(definition);
    const own = createDefaults(schemas, definitions);
    const known: DriftPorts = {
      ...ports,
      typeOf: kindTypes(schemas, '1.37', definitions),
      defaulted: (object) => own.asStored(object, '1.37'),
      isRelabelled: relabelledKinds(definitions),
    };
    const [drift] = driftOf(side(desired), side(actual), known);
    expect([drift?.status, drift?.changes.map(({ path }) => toPointer(path))]).toEqual([status, paths]);
    expect(driftOf(side(desired), side(actual), ports)[0]?.status).toBe('not-evaluated');
  });
});

test('values of Secrets never show, and equal ones have equal stand-ins', () => {
  const secret = (a: string, b: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  a: ${a}\n  b: ${b}\n`;
  const drifts = driftOf(side(secret('hunter2', 'same')), side(secret('hunter3', 'hunter2')), ports);
  const entries = entriesOf(drifts, createSecretMask());
  expect(entries[0]?.changes.map(({ path, before, after, location }) => [path, before, after, location?.line])).toEqual([
    ['/data/a', '<secret 1>', '<secret 2>', 6],
    ['/data/b', '<secret 2>', '<secret 3>', 7],
  ]);
  const text = JSON.stringify([entries, findingsOf(drifts, entries, (parts) => parts.join('|'))]);
  for (const value of ['hunter', 'aHVudGVy', 'same', 'c2FtZQ']) expect(text).not.toContain(value);
});

test('a drifted object is one finding, on the line of its first change', () => {
  const drifts = driftOf(side(map('a', '1') + map('b', '1')), side(map('a', '2')), ports);
  const findings = findingsOf(drifts, entriesOf(drifts, createSecretMask()), (parts) => parts.join('|'));
  expect(findings.map(({ rule, message, location, fingerprint }) => [rule, message, location?.line, fingerprint])).toEqual([
    ['drift/changed', '/data/a is "2", desired "1"', 6, 'drift/changed|apps|ConfigMap||a'],
    ['drift/missing', 'the actual side does not have the object', 8, 'drift/missing|apps|ConfigMap||b'],
  ]);
});
