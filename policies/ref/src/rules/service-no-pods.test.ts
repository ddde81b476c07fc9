import { testRule } from '@plumbline/testing';
import { rule } from './service-no-pods.ts';

const SHOP = `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: shop}
  spec: {template: {metadata: {labels: {app: shop, tier: web}}, spec: {containers: []}}}
`;

testRule(rule, {
  valid: {
    'all labels of the selector are among those of the pods': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'no selector, or another name': `
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      spec: {ports: []}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: b}
      spec: {type: ExternalName, externalName: example.com, selector: {app: b}}
    `,
    'one pod of a StatefulSet, by a label that the controller adds': `
      apiVersion: v1
      kind: Service
      metadata: {name: db-0}
      spec: {selector: {app: db, statefulset.kubernetes.io/pod-name: db-0}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec: {template: {metadata: {labels: {app: db}}, spec: {containers: []}}}
    `,
    'pods of a custom resource with a pod template': `
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}}
      ---
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: shop}
      spec: {template: {metadata: {labels: {app: shop}}, spec: {containers: []}}}
    `,
    'pods that an operator runs': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {selector: {cnpg.io/cluster: db, role: primary}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'no workload in sight at all': `
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}}
    `,
    'workloads of another namespace only': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: b}
        spec: {selector: {app: shop2}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: a, labels: {app: shop}}
        spec: {containers: []}
      `,
    },
  },
  invalid: {
    'a label that the pods have not': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: web-shop, tier: web} # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [
        {
          severity: 'warning',
          path: '/spec/selector',
          message: 'selector "app=web-shop, tier=web" matches no workload; nearest is Deployment "shop" with "app=shop, tier=web"',
        },
      ],
    },
  },
});
