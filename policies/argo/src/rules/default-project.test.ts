import { testRule } from '@plumbline/testing';
import { rule } from './default-project.ts';

testRule(rule, {
  valid: {
    'a project that a generator names': `
      apiVersion: argoproj.io/v1alpha1
      kind: ApplicationSet
      metadata: {name: shop, namespace: argocd}
      spec: {template: {spec: {project: "{{team}}"}}}
    `,
  },
  invalid: {
    'none, in a set': {
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata: {name: shop, namespace: argocd}
        spec: {template: {spec: {source: {path: apps}}}} # <-
      `,
      problems: [{ message: 'no project: Argo CD takes "default", which permits everything', path: '/spec/template/spec' }],
    },
  },
});
