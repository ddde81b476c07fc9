import { testRule } from '@plumbline/testing';
import { rule } from './owner-chain-cycle.ts';

testRule(rule, {
  valid: {
    'a ladder, and the same names in another namespace': `
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: a, namespace: near}
      spec: {dependsOn: [{name: b}, {name: c}]}
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: b, namespace: near}
      spec: {dependsOn: [{name: c}, {name: a, namespace: far}, {name: gone}]}
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: c, namespace: near}
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: a, namespace: far}
    `,
    'releases and kustomizations wait for their own kind': `
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: a, namespace: near}
      spec: {dependsOn: [{name: b}]}
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: b, namespace: near}
      spec: {dependsOn: [{name: a}]}
    `,
  },
  invalid: {
    'a circle of three, and what only waits for it is none of it': {
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: a, namespace: near}
        spec:
          dependsOn:
            - name: other
            - name: b # <-
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: b, namespace: near}
        spec:
          dependsOn:
            - name: c # <-
              namespace: far
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: c, namespace: far}
        spec:
          dependsOn:
            - name: a # <-
              namespace: near
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: waits, namespace: near}
        spec:
          dependsOn: [{name: a}]
      `,
      problems: [
        { severity: 'error', path: '/spec/dependsOn/1', message: 'HelmRelease "a" → "b" → "c" → "a" is a circle' },
        { message: 'HelmRelease "b" → "c" → "a" → "b" is a circle' },
        { message: 'HelmRelease "c" → "a" → "b" → "c" is a circle' },
      ],
    },
    'one that waits for itself': {
      yaml: `
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: a, namespace: near}
        spec:
          dependsOn:
            - name: a # <-
      `,
      problems: [{ message: 'Kustomization "a" → "a" is a circle' }],
    },
  },
});
