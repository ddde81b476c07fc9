import { testRule } from '@plumbline/testing';
import { rule } from './target-revision.ts';

const app = (source: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: shop, namespace: argocd}
  spec:
    ${source}
`;

testRule(rule, {
  valid: {
    'a commit, a series of a chart, and a branch of an unknown kind': [
      app('source: {path: apps, targetRevision: 5394cb7f48332b2de7c17dd8b8384bbc84b7e738}'),
      app('source: {chart: cart, targetRevision: 1.x}'),
      app('source: {path: apps, targetRevision: live}'),
    ].join('  ---'),
  },
  invalid: {
    'a branch': { yaml: app('source: {path: apps, targetRevision: main} # <-'), problems: [{ message: 'revision "main" moves' }] },
    'any version': {
      yaml: app("source: {chart: cart, targetRevision: '*'} # <-"),
      problems: [{ message: 'revision "*" has no upper end' }],
    },
    'nothing at all, in one of several': {
      yaml: app('sources:\n      - {path: apps, targetRevision: v1}\n      - {path: more} # <-'),
      problems: [{ message: 'no revision: the Application follows HEAD', path: '/spec/sources/1' }],
    },
  },
});
