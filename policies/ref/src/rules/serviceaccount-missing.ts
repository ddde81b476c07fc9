import { POD_KINDS, type Resource, type ResourceRule } from '@plumbline/core';
import { missing, OUTSIDE, slipOfDefault } from '../missing.ts';
import { podReferencesOf, usesOf } from '../pod-references.ts';
import { find, locals, placeOf } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/serviceaccount-missing',
  title: 'The ServiceAccount of a pod exists',
  why: 'No pod is made while its ServiceAccount is missing: the workload stays at zero replicas.',
  remedy:
    'Correct the name, or add the ServiceAccount to the same namespace. If it is made outside Git, name it under "external" in the configuration.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  serviceAccountName: shop-reader
  containers: []
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-reader
`,
    fail: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  serviceAccountName: shop-raeder
  containers: []
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-reader
`,
  },
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  kinds: POD_KINDS,
  scope: 'unit',
  *check(resource, context) {
    const place = placeOf(resource);
    for (const { kind, name, path } of podReferencesOf(resource)) {
      if (kind !== 'ServiceAccount' || name === 'default') continue;
      if (find(context.inventory, 'ServiceAccount', name, place).length > 0) continue;
      const slip = slipOfDefault(name, place.namespace, path);
      if (slip !== undefined) {
        yield slip;
        continue;
      }
      // Where none is written, something else makes them: Terraform, eksctl, a chart.
      const isWritten = locals(context.inventory, 'ServiceAccount', place).length > 0;
      const isFree = (candidate: Resource): boolean => usesOf(context.inventory, kind, candidate.name) === 0;
      yield* missing({ kind, name, place, path, isFree, otherwise: isWritten ? 'warning' : { notEvaluated: OUTSIDE } }, context);
    }
  },
};
