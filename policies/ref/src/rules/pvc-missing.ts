import {
  type FieldPath,
  isArray,
  meantBy,
  type NotEvaluated,
  POD_KINDS,
  type Problem,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { missing, OUTSIDE } from '../missing.ts';
import { podReferencesOf } from '../pod-references.ts';
import { find, locals, namesakes, placeOf } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/pvc-missing',
  title: 'A claimed volume, and the class that it is made of, exist',
  why: 'A pod waits for ever for a PersistentVolumeClaim that nobody makes, and a claim for a StorageClass that is not there.',
  remedy:
    'Correct the name, or add the claim to the same namespace. If it is made outside Git, name it under "external" in the configuration.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers: []
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: shop-data
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: shop-data
`,
    fail: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers: []
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: shop-date
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: shop-data
`,
  },
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  kinds: [...POD_KINDS, 'PersistentVolumeClaim', 'snapshot.storage.k8s.io/VolumeSnapshot'],
  scope: 'unit',
  *check(resource, context) {
    const { kind } = resource.gvk;
    if (kind === 'PersistentVolumeClaim') {
      yield* judgeClass('storage.k8s.io/StorageClass', valueAt(resource.object, STORAGE), STORAGE, context);
      return;
    }
    if (kind === 'VolumeSnapshot') {
      const path = ['spec', 'volumeSnapshotClassName'];
      yield* judgeClass('snapshot.storage.k8s.io/VolumeSnapshotClass', valueAt(resource.object, path), path, context);
      return;
    }
    const templates = valueAt(resource.object, ['spec', 'volumeClaimTemplates']);
    if (kind === 'StatefulSet' && isArray(templates)) {
      for (const [index, template] of templates.entries()) {
        const path = ['spec', 'volumeClaimTemplates', index, ...STORAGE];
        yield* judgeClass('storage.k8s.io/StorageClass', valueAt(template, STORAGE), path, context);
      }
    }
    const place = placeOf(resource);
    for (const { kind: own, name, path } of podReferencesOf(resource)) {
      if (own !== 'PersistentVolumeClaim' || name.includes('$')) continue;
      if (find(context.inventory, own, name, place).length > 0 || isOfStatefulSet(name, resource.namespace, context)) continue;
      // A claim outlives what uses it, and is often kept apart: only where others are written is one surely forgotten.
      const isWritten = locals(context.inventory, own, place).length > 0;
      yield* missing({ kind: own, name, place, path, otherwise: isWritten ? 'warning' : { notEvaluated: OUTSIDE } }, context);
    }
  },
};

const STORAGE = ['spec', 'storageClassName'];

/** Classes come with the cluster: only a slip of one in sight is certain enough. */
function* judgeClass(kind: string, name: unknown, path: FieldPath, { inventory }: RuleContext): Iterable<Problem | NotEvaluated> {
  if (typeof name !== 'string' || name === '' || namesakes(inventory, kind, name).length > 0) return;
  if (inventory.isExternal(kind, undefined, name)) return;
  const meant = meantBy(name, inventory.byKind(kind).slice(0, 100));
  if (meant === undefined) {
    yield { notEvaluated: 'storage classes come with the cluster' };
    return;
  }
  yield {
    path,
    message: `no ${meant.gvk.kind} "${name}" is defined here; did you mean "${meant.name}"?`,
    related: [{ resource: meant, path: ['metadata', 'name'], message: 'this class has a similar name' }],
  };
}

/** The claims of a StatefulSet are called TEMPLATE-NAME-NUMBER. */
function isOfStatefulSet(claim: string, namespace: string | undefined, { inventory }: RuleContext): boolean {
  const number = /-\d+$/.exec(claim);
  if (number === null) return false;
  const rest = claim.slice(0, number.index);
  for (let at = rest.indexOf('-'); at > 0; at = rest.indexOf('-', at + 1)) {
    for (const set of namesakes(inventory, 'apps/StatefulSet', rest.slice(at + 1))) {
      if (namespace !== undefined && set.namespace !== undefined && set.namespace !== namespace) continue;
      const templates = valueAt(set.object, ['spec', 'volumeClaimTemplates']);
      if (isArray(templates) && templates.some((each) => valueAt(each, ['metadata', 'name']) === rest.slice(0, at))) return true;
    }
  }
  return false;
}
