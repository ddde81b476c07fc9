import { testRule } from '@plumbline/testing';
import { rule } from './owner-reference-in-git.ts';

testRule(rule, {
  valid: {
    'a finalizer that somebody asked for': `
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata:
        name: shop
        finalizers:
          - resources-finalizer.argocd.argoproj.io
    `,
    'an empty list': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        ownerReferences: []
    `,
  },
  invalid: {
    'what an export brings along': {
      yaml: `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: shop
          ownerReferences: # <-
            - apiVersion: apps/v1
              kind: StatefulSet
              name: shop
              uid: 7f2f6b0c-6c1e-4b53-9a7e-0a1c1d0b5a11
          finalizers:
            - kubernetes.io/pvc-protection # <-
      `,
      problems: [
        { message: 'owner references are written in Git', severity: 'warning' },
        { message: 'the finalizer "kubernetes.io/pvc-protection" of a controller is written in Git' },
      ],
      fixed: `
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: shop
      `,
    },
  },
});
