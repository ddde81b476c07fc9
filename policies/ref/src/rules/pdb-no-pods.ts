import { isObject, type ResourceRule, valueAt } from '@plumbline/core';
import { unmatched } from '../unmatched.ts';

export const rule: ResourceRule = {
  id: 'ref/pdb-no-pods',
  title: 'The selector of a PodDisruptionBudget matches pods',
  why: 'A budget without pods protects nothing: a node drain may stop all replicas at once.',
  remedy: 'Give the selector the labels of the pod template that the budget is for.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: shop
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers: []
`,
    fail: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: shop
spec:
  minAvailable: 1
  selector:
    matchLabels:
      name: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers: []
`,
  },
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  kinds: ['policy/PodDisruptionBudget'],
  scope: 'unit',
  *check(resource, context) {
    const selector = valueAt(resource.object, ['spec', 'selector']);
    // An empty selector means all pods of the namespace.
    if (!isObject(selector) || Object.keys(selector).length === 0) return;
    yield* unmatched(resource, selector, ['spec', 'selector'], context);
  },
};
