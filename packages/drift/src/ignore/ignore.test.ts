import type { FieldPath, JsonObject } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { argoDifferences } from './argo-differences.ts';
import { builtInSetOf } from './built-in-sets.ts';
import { expressionPlace } from './expression-place.ts';
import { fluxRules } from './flux-rules.ts';
import { type IgnoreSubject, ignoreRules } from './ignore-rule.ts';
import { covers } from './place.ts';
import { pointerPlace } from './pointer-place.ts';

const object: JsonObject = {
  metadata: { annotations: { 'a/b': 'x', 'c~d': 'y' } },
  spec: {
    replicas: 1,
    containers: [
      { name: 'web', image: 'i', ports: [{ containerPort: 80 }] },
      { name: 'sidecar', image: 'j' },
    ],
  },
  webhooks: [{ clientConfig: { caBundle: 'x' } }],
};

function coversBy(read: (text: string) => ReturnType<typeof pointerPlace>, text: string, path: FieldPath): boolean {
  const place = read(text);
  if ('problem' in place) throw new Error(place.problem);
  return covers(place, path, object);
}

describe('pointers', () => {
  test.each<[string, FieldPath, boolean]>([
    ['/spec/replicas', ['spec', 'replicas'], true],
    ['/spec', ['spec', 'replicas'], true],
    ['/spec/replicas', ['spec'], false],
    ['/spec/replica', ['spec', 'replicas'], false],
    ['/metadata/annotations/a~1b', ['metadata', 'annotations', 'a/b'], true],
    ['/metadata/annotations/c~0d', ['metadata', 'annotations', 'c~d'], true],
    ['/metadata/annotations/a*', ['metadata', 'annotations', 'a/b'], true],
    ['/metadata/*/a~1b', ['metadata', 'annotations', 'a/b'], true],
    ['/**/image', ['spec', 'containers', 1, 'image'], true],
    ['/**/image', ['spec', 'containers', 1, 'name'], false],
    ['/spec/**', ['spec', 'replicas'], true],
    ['/spec/containers/0/image', ['spec', 'containers', 0, 'image'], true],
    ['/spec/containers/0/image', ['spec', 'containers', 1, 'image'], false],
    ['/spec/containers/[name=sidecar]', ['spec', 'containers', 1, 'image'], true],
    ['/spec/containers/[name=sidecar]', ['spec', 'containers', 0, 'image'], false],
    ['/spec/containers/[name=web]/ports/[containerPort=80]', ['spec', 'containers', 0, 'ports', 0, 'name'], true],
    ['/spec/containers/[name=web]/ports/[containerPort=81]', ['spec', 'containers', 0, 'ports', 0, 'name'], false],
  ])('%s covers %j: %s', (pointer, path, expected) => expect(coversBy(pointerPlace, pointer, path)).toBe(expected));

  test.each([
    ['spec', '"spec" is no pointer: it must start with "/"'],
    ['/a~2', '"a~2": "~" stands only in "~0" and "~1"'],
  ])('%s is refused', (pointer, problem) => expect(pointerPlace(pointer)).toEqual({ problem }));
});

describe('JSONPath and jq paths', () => {
  test.each<[string, FieldPath, boolean]>([
    ['$.spec.replicas', ['spec', 'replicas'], true],
    ['{.spec.replicas}', ['spec', 'replicas'], true],
    ['.spec.replicas', ['spec', 'replicas'], true],
    ['.spec.containers[*].image', ['spec', 'containers', 1, 'image'], true],
    ['.spec.containers[].image', ['spec', 'containers', 1, 'image'], true],
    ['.webhooks[]?.clientConfig.caBundle', ['webhooks', 0, 'clientConfig', 'caBundle'], true],
    ['.spec.containers[1].image', ['spec', 'containers', 0, 'image'], false],
    ['$.spec.containers[?(@.name=="web")].image', ['spec', 'containers', 0, 'image'], true],
    ["$.spec.containers[?(@.name=='web')].image", ['spec', 'containers', 1, 'image'], false],
    ['.spec.containers[] | select(.name == "sidecar")', ['spec', 'containers', 1, 'image'], true],
    ['.spec.containers[] | select(.name == "sidecar") | .image', ['spec', 'containers', 1, 'image'], true],
    ['.spec.containers[] | select(.name == "sidecar") | .image', ['spec', 'containers', 0, 'image'], false],
    ['.metadata.annotations["a/b"]', ['metadata', 'annotations', 'a/b'], true],
    ['.metadata.annotations."a/b"', ['metadata', 'annotations', 'a/b'], true],
    ['$..caBundle', ['webhooks', 0, 'clientConfig', 'caBundle'], true],
  ])('%s covers %j: %s', (expression, path, expected) => expect(coversBy(expressionPlace, expression, path)).toBe(expected));

  test.each([
    ['.spec | to_entries', '".spec | to_entries": "| to_entries" is not understood'],
    ['$', '"$" names no place'],
  ])('%s is said not to be understood', (expression, problem) => expect(expressionPlace(expression)).toEqual({ problem }));
});

const subject = (path: FieldPath, more: Partial<IgnoreSubject> = {}): IgnoreSubject => {
  return { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web', path, object, ...more };
};

describe('rules', () => {
  test('hold for their target, until they expire, and tell when they were of no use', () => {
    const [replicas, other, old] = [
      { target: { kind: 'Deploy*', name: 'w*' }, pointers: ['/spec/replicas'], reason: 'scaled' },
      { target: { kind: 'StatefulSet' }, pointers: ['/spec/replicas'], reason: 'scaled' },
      { pointers: ['/spec/containers'], reason: 'for a week', expires: '2026-01-07' },
    ];
    const rules = ignoreRules([replicas, other, old], '2026-01-08');
    expect(rules.find(subject(['spec', 'replicas']))).toBe(replicas);
    expect(rules.find(subject(['spec', 'replicas'], { name: 'db' }))).toBeUndefined();
    expect(rules.find(subject(['spec', 'containers', 0]))).toBeUndefined();
    expect(rules.expired).toEqual([old]);
    expect(rules.unused()).toEqual([other]);
    expect(ignoreRules([old], '2026-01-07').find(subject(['spec', 'containers', 0]))).toBe(old);
  });

  test('by the manager that owns the live field', () => {
    const rules = ignoreRules([{ managers: ['kube-*'], reason: 'theirs' }]);
    expect(rules.find(subject(['spec', 'replicas'], { managers: ['kube-controller-manager'] }))?.reason).toBe('theirs');
    expect(rules.find(subject(['spec', 'replicas'], { managers: ['kubectl'] }))).toBeUndefined();
  });

  test('that are not understood are said, and cover nothing', () => {
    const rule = { pointers: ['spec'], expressions: ['keys'], reason: 'x' };
    const rules = ignoreRules([rule]);
    expect(rules.problems.map(({ problem }) => problem)).toEqual([
      '"spec" is no pointer: it must start with "/"',
      '"keys": "keys" is not understood',
    ]);
    expect(rules.find(subject(['spec']))).toBeUndefined();
  });
});

describe('rules of others', () => {
  const rules = ignoreRules([
    ...argoDifferences({
      kind: 'Application',
      metadata: { name: 'shop' },
      spec: {
        ignoreDifferences: [
          { group: 'apps', kind: 'Deployment', jqPathExpressions: ['.spec.containers[].image'], managedFieldsManagers: ['rollout'] },
          { kind: 'Secret', jsonPointers: ['/data'] },
        ],
      },
    }),
    ...fluxRules({
      metadata: { name: 'web' },
      spec: { driftDetection: { ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment', name: 'we.*' } }] } },
    }),
  ]);

  test.each<[IgnoreSubject, string | undefined]>([
    [subject(['spec', 'containers', 0, 'image']), 'ignoreDifferences of the Application "shop"'],
    [subject(['spec', 'x'], { managers: ['rollout'] }), 'ignoreDifferences of the Application "shop"'],
    [subject(['data', 'x'], { group: '', kind: 'Secret' }), 'ignoreDifferences of the Application "shop"'],
    [subject(['data', 'x'], { group: 'example.com', kind: 'Secret' }), undefined],
    [subject(['spec', 'replicas']), 'driftDetection of the HelmRelease "web"'],
    [subject(['spec', 'replicas'], { name: 'db' }), undefined],
  ])('%j: %s', (one, reason) => expect(rules.find(one)?.reason).toBe(reason));
});

describe('built-in sets', () => {
  test.each<[string | undefined, IgnoreSubject, JsonObject]>([
    [
      'injected-ca-bundles',
      subject(['webhooks', 0, 'clientConfig', 'caBundle']),
      { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'a/b' } } },
    ],
    [undefined, subject(['webhooks', 0, 'clientConfig', 'caBundle']), {}],
    ['aggregated-roles', subject(['rules', 0], { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }), { aggregationRule: {} }],
    [undefined, subject(['rules', 0], { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }), {}],
    ['restarts', subject(['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt']), {}],
  ])('%s', (name, one, desired) => expect(builtInSetOf(one, desired)?.name).toBe(name));
});
