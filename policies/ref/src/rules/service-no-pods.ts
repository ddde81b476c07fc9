import { isObject, type ResourceRule, valueAt } from '@plumbline/core';
import { unmatched } from '../unmatched.ts';

export const rule: ResourceRule = {
  id: 'ref/service-no-pods',
  title: 'The selector of a Service matches pods',
  why: 'A Service without pods has no endpoints: every connection to it fails, and nothing else says so.',
  remedy: 'Give the selector the labels of the pod template that it stands for (spec.template.metadata.labels).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
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
    fail: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: web-shop
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
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  kinds: ['Service'],
  scope: 'unit',
  *check(resource, context) {
    const selector = valueAt(resource.object, ['spec', 'selector']);
    if (!isObject(selector) || Object.keys(selector).length === 0) return;
    if (valueAt(resource.object, ['spec', 'type']) === 'ExternalName') return;
    yield* unmatched(resource, { matchLabels: selector }, ['spec', 'selector'], context);
  },
};
