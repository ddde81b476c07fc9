import { POD_KINDS, type ResourceRule } from '@plumbline/core';
import { missingObjects } from '../missing-objects.ts';

export const rule: ResourceRule = {
  id: 'ref/configmap-missing',
  title: 'A ConfigMap that a pod needs exists',
  why: 'A pod does not start while a ConfigMap that it mounts or reads its environment from is missing.',
  remedy:
    'Correct the name, or add the ConfigMap to the same namespace. If it is made outside Git, name it under "external" in the configuration; if the pod can do without, say "optional: true".',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: shop
      envFrom:
        - configMapRef:
            name: shop-settings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-settings
data:
  COLOR: red
`,
    fail: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: shop
      envFrom:
        - configMapRef:
            name: shop-setings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-settings
data:
  COLOR: red
`,
  },
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  kinds: POD_KINDS,
  scope: 'unit',
  check: (resource, context) => missingObjects('ConfigMap', resource, context),
};
