import { testRule } from '@plumbline/testing';
import { rule } from './networkpolicy-no-pods.ts';

testRule(rule, {
  valid: {
    'all pods': `
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny}
      spec: {podSelector: {}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: []}
    `,
    'pods that Kubernetes itself runs': `
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: dns, namespace: kube-system}
      spec: {podSelector: {matchLabels: {k8s-app: kube-dns}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, namespace: kube-system, labels: {app: shop}}
      spec: {containers: []}
    `,
    'pods that a custom resource of the same name stands for': `
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db}
      spec: {podSelector: {matchLabels: {app: db}}}
      ---
      apiVersion: example.com/v1
      kind: Database
      metadata: {name: db}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: []}
    `,
  },
  invalid: {
    'no pod has the label': {
      yaml: `
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: shop}
        spec:
          podSelector: {matchLabels: {name: shop}} # <-
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {app: shop}}
        spec: {containers: []}
      `,
      problems: [{ message: 'selector "name=shop" matches no workload; nearest is Pod "shop" with "app=shop"', severity: 'warning' }],
    },
  },
});
