import { isObject, type ResourceRule, valueAt } from '@plumbline/core';
import { unmatched } from '../unmatched.ts';

export const rule: ResourceRule = {
  id: 'ref/networkpolicy-no-pods',
  title: 'The pod selector of a NetworkPolicy matches pods',
  why: 'A policy that matches no pod restricts nothing: the pods it was written for stay open to all traffic.',
  remedy: 'Give spec.podSelector the labels of the pod template that the policy is for.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: shop
spec:
  podSelector:
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
    fail: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: shop
spec:
  podSelector:
    matchLabels:
      app: shpo
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
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  kinds: ['networking.k8s.io/NetworkPolicy'],
  scope: 'unit',
  *check(resource, context) {
    const selector = valueAt(resource.object, ['spec', 'podSelector']);
    // An empty selector means all pods of the namespace.
    if (!isObject(selector) || Object.keys(selector).length === 0) return;
    yield* unmatched(resource, selector, ['spec', 'podSelector'], context);
  },
};
