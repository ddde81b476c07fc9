import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { classify } from './classify.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: database\n';

/** The kinds that may gain fields in `base`, which the overlay includes; `any` where nothing is known of them. */
function kindsOf(overlay: string, more: Record<string, string> = {}): readonly string[] | 'any' | 'none' {
  const files = {
    'base/kustomization.yaml': 'resources: [service.yaml]\n',
    'base/service.yaml': SERVICE,
    'overlay/kustomization.yaml': `resources: [../base]\n${overlay}`,
    ...more,
  };
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const { units } = classify(sources, { parseFile: parse, versions: ['1.37'] });
  const mayAdd = units.find((unit) => unit.id === 'base')?.mayAdd;
  return mayAdd?.fields !== true ? 'none' : (mayAdd.kinds ?? 'any');
}

test('a patch with a target reaches the kinds that it names', () => {
  expect(kindsOf('patches: [{path: host.yaml, target: {kind: Ingress, name: web}}]\n')).toEqual(['Ingress']);
  expect(kindsOf('patches: [{path: a.yaml, target: {kind: (StatefulSet|Deployment)}}]\n')).toEqual(['Deployment', 'StatefulSet']);
  expect(kindsOf('patchesJson6902: [{path: a.yaml, target: {version: v1, kind: Service, name: a}}]\n')).toEqual(['Service']);
});

test('a target without a plain kind reaches any object', () => {
  expect(kindsOf('patches: [{path: a.yaml, target: {name: web}}]\n')).toBe('any');
  expect(kindsOf('patches: [{path: a.yaml, target: {kind: .*Set}}]\n')).toBe('any');
  expect(kindsOf('patches: [{path: a.yaml, target: {kind: Ingress}}, {path: b.yaml, target: {labelSelector: a=b}}]\n')).toBe('any');
});

test('a strategic merge patch reaches the kind that it has', () => {
  const ingress = 'kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: web}\n';
  expect(kindsOf('patches: [{path: host.yaml}]\n', { 'overlay/host.yaml': ingress })).toEqual(['Ingress']);
  expect(kindsOf('patchesStrategicMerge: [host.yaml]\n', { 'overlay/host.yaml': `${ingress}---\n${SERVICE}` })).toEqual([
    'Ingress',
    'Service',
  ]);
  expect(kindsOf('patches:\n- patch: |\n    kind: Ingress\n    metadata: {name: web}\n')).toEqual(['Ingress']);
  expect(kindsOf('patches: [{path: host.yaml}]\n')).toBe('any');
  expect(kindsOf('patches: [{path: host.yaml}]\n', { 'overlay/host.yaml': 'kind: [\n' })).toBe('any');
});

test('names, counts, images and plain labels fill nothing that is missing', () => {
  expect(kindsOf('namePrefix: a-\nimages: [{name: web, newTag: "1"}]\nreplicas: [{name: web, count: 2}]\n')).toEqual([]);
  expect(kindsOf('labels: [{pairs: {a: b}}]\n')).toEqual([]);
  expect(kindsOf('labels: [{pairs: {a: b}, includeSelectors: true}]\n')).toContain('Deployment');
  expect(kindsOf('labels: [{pairs: {a: b}, fields: [{path: a/b}]}]\n')).toBe('any');
  expect(kindsOf('commonLabels: {a: b}\n')).toContain('StatefulSet');
});

test('transformers, components and replacements may reach any object', () => {
  for (const key of ['transformers', 'components', 'replacements']) expect(kindsOf(`${key}: [x.yaml]\n`)).toBe('any');
});

test('the kinds of all overlays count', () => {
  const other = { 'other/kustomization.yaml': 'resources: [../base]\npatches: [{path: a, target: {kind: Service}}]\n' };
  expect(kindsOf('patches: [{path: a, target: {kind: Ingress}}]\n', other)).toEqual(['Ingress', 'Service']);
  const any = { 'other/kustomization.yaml': 'resources: [../base]\npatches: [{path: a, target: {name: a}}]\n' };
  expect(kindsOf('patches: [{path: a, target: {kind: Ingress}}]\n', any)).toBe('any');
});
