import { testRule } from '@plumbline/testing';
import { rule } from './prune-disabled.ts';

testRule(rule, {
  valid: {
    'nothing written, which the definition refuses by itself': `
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: shop, namespace: flux-system}
      spec: {interval: 10m}
    `,
  },
  invalid: {
    'pruning switched off': {
      yaml: `
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: shop, namespace: flux-system}
        spec:
          prune: false # <-
      `,
      problems: [{ message: 'what leaves Git is not deleted from the cluster', path: '/spec/prune' }],
      fixed: `
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: shop, namespace: flux-system}
        spec:
          prune: true
      `,
    },
  },
});
