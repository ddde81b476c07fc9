import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { classify } from './classify.ts';

const CRD = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: a.b.c\n';
const WHOLE = `${CRD}spec:\n  group: b.c\n`;

function leftOut(files: Record<string, string>): Record<string, readonly string[]> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const found = classify(sources, { parseFile: parse, versions: ['1.37'] });
  return Object.fromEntries(found.leftOut.map(({ reason, files: paths }) => [reason, paths]));
}

test('a patch that is commented out of its kustomization is no manifest', () => {
  expect(
    leftOut({
      'config/crd/kustomization.yaml':
        'resources: [bases/a.yaml]\npatches:\n- path: patches/used.yaml\n#- path: patches/cainjection_in_a.yaml\n',
      'config/crd/bases/a.yaml': WHOLE,
      'config/crd/patches/used.yaml': CRD,
      'config/crd/patches/cainjection_in_a.yaml': CRD,
      'config/crd/patches/deep/webhook_in_a.yaml': CRD,
    }),
  ).toEqual({
    'kustomize-input': [
      'config/crd/patches/used.yaml',
      'config/crd/patches/cainjection_in_a.yaml',
      'config/crd/patches/deep/webhook_in_a.yaml',
    ],
  });
});

test('a folder of patches that is applied, or lies below no kustomization, is judged', () => {
  expect(leftOut({ 'patches/a.yaml': CRD })).toEqual({});
  expect(
    leftOut({ 'kustomization.yaml': 'resources: [patches/a.yaml]\n', 'patches/a.yaml': WHOLE, 'patches/forgotten.yaml': WHOLE }),
  ).toEqual({});
  expect(
    leftOut({
      'kustomization.yaml': 'resources: [patches]\n',
      'patches/kustomization.yaml': 'resources: []\n',
      'patches/forgotten.yaml': WHOLE,
    }),
  ).toEqual({});
});

test('a file that calls itself a patch is one where it holds nothing but parts of objects', () => {
  expect(
    leftOut({
      'a/patch.json':
        '{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "a"}, "spec": {"conversion": {}}}',
      'a/crd-patch.yaml': CRD,
      'a/patch-crd.yaml': WHOLE,
      'a/dispatch.yaml': CRD,
      'a/patch-config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      'a/patch.yaml': `${CRD}---\n${WHOLE}`,
    }),
  ).toEqual({ 'kustomize-input': ['a/patch.json', 'a/crd-patch.yaml'] });
});
