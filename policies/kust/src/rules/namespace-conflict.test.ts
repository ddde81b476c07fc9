import { testRule } from '@plumbline/testing';
import { rule } from './namespace-conflict.ts';

const path = 'app/kustomization.yaml';
const OBJECT = (kind: string, namespace: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${kind.toLowerCase()}\n${namespace === '' ? '' : `  namespace: ${namespace}\n`}`;

testRule(rule, {
  valid: {
    'the same namespace, none, and what has none': {
      path,
      files: { 'app/a.yaml': OBJECT('ConfigMap', 'shop'), 'app/b.yaml': OBJECT('Secret', ''), 'app/c.yaml': OBJECT('Namespace', '') },
      yaml: 'namespace: shop\nresources: [a.yaml, b.yaml, c.yaml]\n',
    },
    'a base, which is there to be moved': {
      path,
      files: { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': OBJECT('ConfigMap', 'system') },
      yaml: 'namespace: shop\nresources: [../base]\n',
    },
    'the namespace that Kubebuilder writes': {
      path,
      files: { 'app/a.yaml': OBJECT('ConfigMap', 'system') },
      yaml: 'namespace: shop\nresources: [a.yaml]\n',
    },
    'no namespace here': { path, files: { 'app/a.yaml': OBJECT('ConfigMap', 'system') }, yaml: 'resources: [a.yaml]\n' },
  },
  invalid: {
    'an object of another namespace': {
      path,
      files: { 'app/a.yaml': OBJECT('ConfigMap', 'kube-system') },
      yaml: `
        namespace: shop # <-
        resources: [a.yaml]
      `,
      problems: [{ message: 'this moves ConfigMap "configmap" from "kube-system" to "shop"', path: '/namespace', severity: 'warning' }],
    },
    'several, said once': {
      path,
      files: { 'app/a.yaml': OBJECT('ConfigMap', 'kube-system'), 'app/b.yaml': OBJECT('Secret', 'other') },
      yaml: `
        resources: [a.yaml, ./b.yaml]
        namespace: shop # <-
      `,
      problems: [{ message: 'this moves 2 objects from "kube-system", "other" to "shop"' }],
    },
  },
});
