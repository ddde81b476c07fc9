import type { FieldPath } from './field-path.ts';
import { kindKey } from './gvk.ts';
import { isArray, isObject, type JsonObject, valueAt } from './json.ts';
import type { Resource } from './resource.ts';

/** The pod that a resource is or describes. Paths lead from the resource's own root. */
export interface PodSpec {
  readonly spec: JsonObject;
  readonly path: FieldPath;
  /** The metadata of the pod, where there is any: its labels and annotations. */
  readonly metadata: JsonObject | undefined;
  readonly metadataPath: FieldPath;
  /** False for a Pod itself. */
  readonly template: boolean;
}

export interface PlacedContainer {
  readonly container: JsonObject;
  readonly path: FieldPath;
  readonly kind: 'container' | 'init' | 'ephemeral';
}

/** The kinds that hold a pod spec, as a rule names them in its `kinds`. */
export const POD_KINDS: readonly string[] = [
  'Pod',
  'PodTemplate',
  'ReplicationController',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
  'batch/CronJob',
];

/** Undefined where the resource has no pod spec, or one that is no mapping. */
export function podSpecOf(resource: Resource): PodSpec | undefined {
  const place = placeOf(kindKey(resource.gvk));
  if (place === undefined) return undefined;
  const spec = valueAt(resource.object, place.path);
  if (!isObject(spec)) return undefined;
  const metadata = valueAt(resource.object, place.metadataPath);
  return { ...place, spec, metadata: isObject(metadata) ? metadata : undefined };
}

/** Init containers first, as they are started; what is no mapping is passed over. */
export function* containersOf(resource: Resource): Generator<PlacedContainer> {
  const pod = podSpecOf(resource);
  if (pod === undefined) return;
  for (const [key, kind] of LISTS) {
    const list = valueAt(pod.spec, [key]);
    if (!isArray(list)) continue;
    for (const [index, container] of list.entries()) {
      if (isObject(container)) yield { container, path: [...pod.path, key, index], kind };
    }
  }
}

const LISTS = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
] as const;

interface Place {
  readonly path: FieldPath;
  readonly metadataPath: FieldPath;
  readonly template: boolean;
}

const POD: Place = { path: ['spec'], metadataPath: ['metadata'], template: false };
const POD_TEMPLATE: Place = { path: ['template', 'spec'], metadataPath: ['template', 'metadata'], template: true };
const WORKLOAD: Place = { path: ['spec', 'template', 'spec'], metadataPath: ['spec', 'template', 'metadata'], template: true };
const CRON_JOB: Place = {
  path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  metadataPath: ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
  template: true,
};

function placeOf(key: string): Place | undefined {
  switch (key) {
    case 'Pod':
      return POD;
    case 'PodTemplate':
      return POD_TEMPLATE;
    case 'batch/CronJob':
      return CRON_JOB;
    case 'ReplicationController':
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/DaemonSet':
    case 'apps/ReplicaSet':
    case 'batch/Job':
      return WORKLOAD;
    default:
      return undefined;
  }
}
