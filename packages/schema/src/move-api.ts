import { apiVersionOf, type Fix, isObject, type Resource, valueAt } from '@plumbline/core';
import { judgeNative } from './native/native.ts';
import { isPlain } from './quick.ts';
import { type BuiltinKind, minorOf, type SchemaSet } from './schema-set.ts';
import { createVerdict } from './verdict.ts';

/** Where the successor differs from the version that goes in nothing but its name: fields, their meaning and their defaults are the same. */
const SAME_MEANING: readonly string[] = [
  'autoscaling/v2beta2/HorizontalPodAutoscaler autoscaling/v2',
  'batch/v1beta1/CronJob batch/v1',
  'coordination.k8s.io/v1beta1/Lease coordination.k8s.io/v1',
  'networking.k8s.io/v1beta1/IngressClass networking.k8s.io/v1',
  'node.k8s.io/v1beta1/RuntimeClass node.k8s.io/v1',
  'policy/v1beta1/PodDisruptionBudget policy/v1',
  'rbac.authorization.k8s.io/v1beta1/ClusterRole rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1/Role rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1/RoleBinding rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1beta1/PriorityClass scheduling.k8s.io/v1',
  'storage.k8s.io/v1beta1/CSIDriver storage.k8s.io/v1',
  'storage.k8s.io/v1beta1/CSINode storage.k8s.io/v1',
  'storage.k8s.io/v1beta1/CSIStorageCapacity storage.k8s.io/v1',
  'storage.k8s.io/v1beta1/StorageClass storage.k8s.io/v1',
  'storage.k8s.io/v1beta1/VolumeAttachment storage.k8s.io/v1',
];

/**
 * The edit of apiVersion that moves an object to the successor of its API, where the successor takes it unchanged: safe where
 * it also means the same, a suggestion otherwise.
 */
export function moveTo(successor: BuiltinKind, resource: Resource, minor: number, schemas: SchemaSet): Fix | undefined {
  const { gvk, object } = resource;
  if (successor.kind !== gvk.kind) return undefined;
  const after = apiVersionOf(successor);
  const moved: Resource = {
    ...resource,
    gvk: { group: successor.group, version: successor.version, kind: successor.kind },
    object: { ...object, apiVersion: after },
  };
  if (!isPlain(moved.object, schemas.typeAt(schemas.lineOf(successor, minor)))) return undefined;
  const verdict = createVerdict();
  judgeNative(moved, minor, verdict);
  if (verdict.problems.some((problem) => problem.class === 'refusal')) return undefined;
  const before = apiVersionOf(gvk);
  const isSame = SAME_MEANING.includes(`${before}/${gvk.kind} ${after}`) && !isEmptyBudget(resource);
  // Where an older version is asked for too, it must have the successor.
  const isEverywhere = schemas.versions.every((version) => schemas.lineOf(successor, minorOf(version)) >= 0);
  return { title: `use ${after}`, safe: isSame && isEverywhere, changes: [{ op: 'replace', path: ['apiVersion'], before, after }] };
}

/** An empty selector of a budget once meant no pod, and means every pod now. */
function isEmptyBudget({ gvk, object }: Resource): boolean {
  if (gvk.kind !== 'PodDisruptionBudget') return false;
  const selector = valueAt(object, ['spec', 'selector']);
  // Both its parts are lists or maps.
  return !isObject(selector) || Object.values(selector).every((part) => part === null || Object.keys(part).length === 0);
}
