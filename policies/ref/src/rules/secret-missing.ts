import { POD_KINDS, type ResourceRule } from '@plumbline/core';
import { missingObjects } from '../missing-objects.ts';

export const rule: ResourceRule = {
  id: 'ref/secret-missing',
  title: 'A Secret that a pod needs exists',
  why: 'A pod does not start while a Secret that it mounts or reads its environment from is missing. What makes Secrets in the cluster is known: SealedSecret, ExternalSecret, Certificate, SOPS, connection secrets of operators.',
  remedy:
    'Correct the name, or add what makes the Secret to the same namespace. If it is made outside Git, name it under "external" in the configuration; if the pod can do without, say "optional: true".',
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
        - secretRef:
            name: shop-database
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: shop
spec:
  target:
    name: shop-database
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
        - secretRef:
            name: shop-databse
---
apiVersion: v1
kind: Secret
metadata:
  name: shop-database
`,
  },
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  kinds: POD_KINDS,
  scope: 'unit',
  check: (resource, context) => missingObjects('Secret', resource, context),
};
