import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-ownership.ts';

const app = (name: string, source: string, destination = '{server: https://kubernetes.default.svc, namespace: shop}'): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata:
    name: ${name}
    namespace: argocd
  spec:
    source: {repoURL: git@git.example.org:team/shop.git, ${source}}
    destination: ${destination}
`;

testRule(rule, {
  valid: {
    'other namespaces, revisions and settings': [
      app('a', 'path: apps'),
      app('b', 'path: apps', '{server: https://kubernetes.default.svc, namespace: qa}'),
      app('c', 'path: apps, targetRevision: v2'),
      app('d', 'path: apps, kustomize: {namePrefix: d-}'),
    ].join('  ---'),
    'releases of a chart, which have the names of their Applications': `${app('a', 'chart: cart')}  ---${app('b', 'chart: cart')}`,
    'two files of two clusters': {
      yaml: app('a', 'path: apps'),
      path: 'clusters/live/a.yaml',
      files: { 'clusters/qa/a.yaml': app('b', 'path: apps') },
    },
  },
  invalid: {
    'the same, written otherwise': {
      yaml: `${app('a', 'path: apps')}  ---${app('b # <-', 'path: ./apps', '{name: in-cluster, namespace: shop}')}`,
      problems: [{ message: 'Application "a" applies the same to the same place', path: '/metadata/name' }],
    },
    'the first of several': {
      yaml: [app('a', 'path: apps'), app('b # <-', 'path: apps'), app('c', 'path: more'), app('d # <-', 'path: apps')].join('  ---'),
      problems: [
        { message: 'Application "a" applies the same to the same place' },
        { message: 'Application "a" applies the same to the same place' },
      ],
    },
  },
});
