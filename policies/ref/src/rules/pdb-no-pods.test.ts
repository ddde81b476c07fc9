import { testRule } from '@plumbline/testing';
import { rule } from './pdb-no-pods.ts';

const SHOP = `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: shop, namespace: shop}
  spec: {template: {metadata: {labels: {app: shop}}, spec: {containers: []}}}
`;

testRule(rule, {
  valid: {
    'expressions that match, and a selector of everything': {
      yaml: `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop, namespace: shop}
        spec: {selector: {matchExpressions: [{key: app, operator: In, values: [shop]}]}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: all, namespace: shop}
        spec: {selector: {}}
      `,
      files: { 'deployment.yaml': SHOP },
    },
    'a budget for what a chart runs, in a group with a chart': {
      path: 'deploy/pdb.yaml',
      yaml: `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop, namespace: shop}
        spec: {selector: {matchLabels: {app: cart}}}
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: cart, namespace: shop}
        spec: {chart: {spec: {chart: cart}}}
      `,
      files: { 'deploy/deployment.yaml': SHOP },
    },
  },
  invalid: {
    'expressions that match nothing': {
      yaml: `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop, namespace: shop}
        spec:
          selector: {matchLabels: {app: shop}, matchExpressions: [{key: tier, operator: Exists}]} # <-
      `,
      files: { 'deployment.yaml': SHOP },
      problems: [{ message: 'selector "app=shop" matches no workload in namespace "shop"; nearest is Deployment "shop" with "app=shop"' }],
    },
  },
});
