import type { JsonObject, JsonValue } from '@plumbline/core';
import { isArray, member } from '@plumbline/core';
import type { ServedKind } from './discovery.ts';

/** Kinds that clusters write by themselves, many and often: nobody keeps them in Git. */
const NOISE = new Set([
  '/Event',
  'apps/ControllerRevision',
  'coordination.k8s.io/Lease',
  'coordination.k8s.io/LeaseCandidate',
  'events.k8s.io/Event',
  'internal.apiserver.k8s.io/StorageVersion',
  'networking.k8s.io/IPAddress',
  'resource.k8s.io/ResourceSlice',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/CSIStorageCapacity',
  'storage.k8s.io/VolumeAttachment',
]);
/** Kinds that people write too, but mostly controllers do. */
const OFTEN_MADE = new Set(['/Endpoints', '/Pod', 'apps/ReplicaSet', 'batch/Job', 'discovery.k8s.io/EndpointSlice']);
/** Labels that only controllers set. */
const OF_CONTROLLERS = ['endpoints.kubernetes.io/managed-by', 'endpointslice.kubernetes.io/managed-by'];

/** The kinds that a source may hold, each in the version that the server prefers: those that can be listed and deleted, without noise. */
export function kindsInUse(kinds: readonly ServedKind[]): readonly ServedKind[] {
  const found = new Map<string, ServedKind>();
  for (const one of kinds) {
    const key = `${one.group}/${one.kind}`;
    if (NOISE.has(key) || found.has(key) || !one.verbs.includes('list') || !one.verbs.includes('delete')) continue;
    found.set(key, one);
  }
  return [...found.values()];
}

/** Whether a controller made an object for another one: the pods of a ReplicaSet, the endpoints of a Service. */
export function isMadeFor(object: JsonObject, { group, kind }: Pick<ServedKind, 'group' | 'kind'>): boolean {
  if (!OFTEN_MADE.has(`${group}/${kind}`)) return false;
  const labels = member(object.metadata, 'labels');
  return hasController(object) || OF_CONTROLLERS.some((label) => String(member(labels, label) ?? '').includes('controller'));
}

function hasController(object: JsonObject): boolean {
  const owners: JsonValue | undefined = member(object.metadata, 'ownerReferences');
  return isArray(owners) && owners.some((one) => member(one, 'controller') === true);
}
