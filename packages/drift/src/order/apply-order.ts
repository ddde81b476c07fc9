import { type JsonObject, member, type Resource } from '@plumbline/core';

/**
 * Kinds that come before all others: what others stand in, are defined by, or refer to. As kustomize orders them, with the kinds that it
 * leaves to chance put beside their like.
 */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'StorageClass',
  'VolumeAttributesClass',
  'PriorityClass',
  'RuntimeClass',
  'IngressClass',
  'DeviceClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'NetworkPolicy',
  'Endpoints',
  'EndpointSlice',
  'Service',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodTemplate',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'DaemonSet',
  'Deployment',
  'StatefulSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];
/** Kinds that come last: they answer for requests of the others, and would refuse them before they can be asked. */
const LAST = [
  'APIService',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];

let ranks: ReadonlyMap<string, number> | undefined;

/** Custom resources, and kinds that nothing is known of, stand between the two. */
function rankOf(kind: string): number {
  ranks ??= new Map([...FIRST.map((each, at) => [each, at - FIRST.length] as const), ...LAST.map((each, at) => [each, at + 1] as const)]);
  return ranks.get(kind) ?? 0;
}

const PHASES = ['PreSync', 'Sync', 'PostSync'];

/** Argo CD's hooks say a phase, its waves a number; both come before the kind. */
function stageOf(object: JsonObject): readonly [phase: number, wave: number] {
  const annotations = member(object.metadata, 'annotations');
  const hook = member(annotations, 'argocd.argoproj.io/hook');
  const wave = Number(member(annotations, 'argocd.argoproj.io/sync-wave') ?? 0);
  const phase = typeof hook === 'string' ? PHASES.findIndex((each) => hook.split(',').includes(each)) : -1;
  return [phase < 0 ? 1 : phase, Number.isInteger(wave) ? wave : 0];
}

/**
 * The order in which objects are applied: by Argo CD's phase and wave where they say one, then by kind, namespace and name. Objects that are
 * deleted go in the reverse order.
 */
export function applyOrder<T extends Pick<Resource, 'gvk' | 'namespace' | 'name' | 'object'>>(resources: readonly T[]): readonly T[] {
  const keyed = resources.map((resource) => ({ resource, stage: stageOf(resource.object), rank: rankOf(resource.gvk.kind) }));
  keyed.sort(
    (a, b) =>
      a.stage[0] - b.stage[0] ||
      a.stage[1] - b.stage[1] ||
      a.rank - b.rank ||
      byText(a.resource.gvk.group, b.resource.gvk.group) ||
      byText(a.resource.gvk.kind, b.resource.gvk.kind) ||
      byText(a.resource.namespace ?? '', b.resource.namespace ?? '') ||
      byText(a.resource.name, b.resource.name),
  );
  return keyed.map(({ resource }) => resource);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
