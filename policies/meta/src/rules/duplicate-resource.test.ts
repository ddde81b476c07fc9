import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-resource.ts';

testRule(rule, {
  valid: {
    'the same name in another namespace, kind or group': `
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: shop, namespace: a}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: shop, namespace: b}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: shop, namespace: a}
      ---
      apiVersion: example.com/v1
      kind: ConfigMap
      metadata: {name: shop, namespace: a}
    `,
    'an all-in-one file beside its parts': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
      `,
      files: { 'all-in-one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n' },
    },
    'objects whose names are generated': `
      apiVersion: batch/v1
      kind: Job
      metadata: {generateName: shop-}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {generateName: shop-}
    `,
  },
  invalid: {
    'the second of two in one file': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data: {a: "1"}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop # <-
        data: {a: "2"}
      `,
      problems: [{ severity: 'error', message: 'ConfigMap "shop" is defined twice', path: '/metadata/name' }],
    },
    'in another file of the folder, under another version, in the namespace default': {
      path: 'b.yaml',
      files: {
        'a.yaml': `
          apiVersion: autoscaling/v1
          kind: HorizontalPodAutoscaler
          metadata: {name: shop}
        `,
      },
      yaml: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: shop # <-
          namespace: default
      `,
    },
    'a cluster-scoped object, whatever its namespace says': {
      yaml: `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: shop, namespace: a}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: shop # <-
          namespace: b
      `,
    },
    'in another plain file of the folder, which may be an alternative': {
      path: 'b.yaml',
      files: { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: shop, labels: {tls: "no"}}\n' },
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop # <-
          namespace: shop
      `,
      problems: [{ severity: 'info' }],
    },
    'both times the same, which does no harm among files': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop # <-
      `,
      problems: [{ severity: 'warning', message: 'ConfigMap "shop" is defined twice, both times the same' }],
    },
  },
});
