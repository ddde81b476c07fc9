import { isArray, type JsonObject, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

/** Put there by controllers and by deletion itself. Others, such as Argo CD's, people write on purpose. */
const FROM_CLUSTER =
  /^(?:foregroundDeletion|orphan|kubernetes\.io\/(?:pvc|pv)-protection|service\.kubernetes\.io\/load-balancer-cleanup|external-(?:provisioner|attacher)\..*|snapshot\.storage\.kubernetes\.io\/.*|finalizers\.fluxcd\.io|batch\.kubernetes\.io\/job-tracking)$/;

export const rule: ResourceRule = {
  id: 'meta/owner-reference-in-git',
  title: "What a cluster's controllers write is not kept in Git",
  why: 'An owner reference names the uid of an object in one cluster: elsewhere the garbage collector deletes the object, because its owner is not there. A finalizer without its controller keeps the object from being deleted.',
  remedy: 'Delete metadata.ownerReferences and the finalizers that controllers add; keep only what was written on purpose.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  ownerReferences:\n    - apiVersion: apps/v1\n      kind: Deployment\n      name: shop\n      uid: 7f2f6b0c-6c1e-4b53-9a7e-0a1c1d0b5a11\n',
  },
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/',
  kinds: ['*'],
  check({ object }) {
    const metadata = member(object, 'metadata');
    const isThere = member(metadata, 'ownerReferences') !== undefined || member(metadata, 'finalizers') !== undefined;
    return isThere ? judge(object) : NOTHING;
  },
};

function* judge(object: JsonObject): Iterable<Problem> {
  const path = ['metadata', 'ownerReferences'];
  const owners = valueAt(object, path);
  if (isArray(owners) && owners.length > 0) {
    const fix = { title: 'delete the owner references', safe: true, changes: [{ op: 'remove' as const, path, before: owners }] };
    yield { path, part: 'key', message: 'owner references are written in Git', fix };
  }
  const finalizers = valueAt(object, ['metadata', 'finalizers']);
  if (!isArray(finalizers)) return;
  for (const [index, finalizer] of finalizers.entries()) {
    if (typeof finalizer !== 'string' || !FROM_CLUSTER.test(finalizer)) continue;
    const at = finalizers.length === 1 ? ['metadata', 'finalizers'] : ['metadata', 'finalizers', index];
    yield {
      path: ['metadata', 'finalizers', index],
      message: `the finalizer "${finalizer}" of a controller is written in Git`,
      fix: { title: 'delete the finalizer', safe: true, changes: [{ op: 'remove', path: at }] },
    };
  }
}
