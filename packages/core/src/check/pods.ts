import type { Resource } from '../read/resource.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { GroupVersionKind } from '../values/gvk.ts';
import { isArray, isObject, type JsonObject, member, valueAt } from '../values/json.ts';

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
  if (resource !== lastResource) {
    lastSpec = readPodSpec(resource);
    lastResource = resource;
  }
  return lastSpec;
}

// Rules ask one after another about the same resource.
let lastResource: Resource | undefined;
let lastSpec: PodSpec | undefined;

function readPodSpec(resource: Resource): PodSpec | undefined {
  const place = placeOf(resource.gvk);
  if (place === undefined) return undefined;
  const spec = valueAt(resource.object, place.path);
  if (!isObject(spec)) return undefined;
  const metadata = valueAt(resource.object, place.metadataPath);
  const { path, metadataPath, template } = place;
  return { spec, path, metadata: isObject(metadata) ? metadata : undefined, metadataPath, template };
}

/** Init containers first, as they are started; what is no mapping is passed over. */
export function containersOf(resource: Resource): readonly PlacedContainer[] {
  const pod = podSpecOf(resource);
  if (pod === undefined) return NO_CONTAINERS;
  if (pod !== lastPod) {
    lastContainers = readContainers(pod);
    lastPod = pod;
  }
  return lastContainers;
}

const NO_CONTAINERS: readonly PlacedContainer[] = [];
let lastPod: PodSpec | undefined;
let lastContainers = NO_CONTAINERS;

function readContainers(pod: PodSpec): readonly PlacedContainer[] {
  const containers: PlacedContainer[] = [];
  for (const [key, kind] of LISTS) {
    const list = member(pod.spec, key);
    if (!isArray(list)) continue;
    for (let index = 0; index < list.length; index++) {
      const container = list[index];
      if (isObject(container)) containers.push({ container, path: [...pod.path, key, index], kind });
    }
  }
  return containers;
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

function placeOf({ group, kind }: GroupVersionKind): Place | undefined {
  switch (kind) {
    case 'Pod':
      return group === '' ? POD : undefined;
    case 'PodTemplate':
      return group === '' ? POD_TEMPLATE : undefined;
    case 'ReplicationController':
      return group === '' ? WORKLOAD : undefined;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
      return group === 'apps' ? WORKLOAD : undefined;
    case 'Job':
      return group === 'batch' ? WORKLOAD : undefined;
    case 'CronJob':
      return group === 'batch' ? CRON_JOB : undefined;
    default:
      return undefined;
  }
}
