import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { admittedPodSpec, qosClassOf } from './pod-as-admitted.ts';

// What a server gives every new object. The values are not known beforehand: that they are there is.
const UID = '00000000-0000-0000-0000-000000000000';
const TIME = '1970-01-01T00:00:00Z';
/** In place of the five letters that a server adds to a generateName. */
const GENERATED = 'xxxxx';

/**
 * An object, with its defaults, as mutating policies see it on create: with the owners of its fields, and with what the admission plugins
 * that are on by default add before. ServiceAccount is left out: what it adds hangs on the cluster.
 */
export function asReceived(object: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = { ...(isObject(object.metadata) ? object.metadata : {}) };
  if (hasOwnedField(object, metadata))
    metadata.managedFields = [{ manager: 'plumbline', operation: 'Update', time: TIME, fieldsType: 'FieldsV1', fieldsV1: {} }];
  if (object.apiVersion !== 'v1') return { ...object, metadata };
  const finalizer = PROTECTION[String(object.kind)];
  if (finalizer !== undefined) {
    const listed = member(metadata, 'finalizers');
    const own = isArray(listed) ? listed : [];
    if (!own.includes(finalizer)) metadata.finalizers = [...own, finalizer];
  }
  const spec = object.kind === 'Pod' && isObject(object.spec) ? { spec: admittedPodSpec(object.spec) } : {};
  return { ...object, metadata, ...spec };
}

/** An object as validating policies see it on create: received, mutated, and prepared for storage. Of the generation alone the value is known. */
export function asCreated(object: JsonObject): JsonObject {
  const received = asReceived(object);
  const metadata: Record<string, JsonValue> = { ...(isObject(received.metadata) ? received.metadata : {}) };
  metadata.uid = UID;
  metadata.creationTimestamp = TIME;
  const { name = '', generateName = '' } = metadata;
  if (name === '' && typeof generateName === 'string' && generateName !== '') metadata.name = `${generateName}${GENERATED}`;
  if (hasGeneration(object)) metadata.generation = 1;
  const isPod = object.kind === 'Pod' && object.apiVersion === 'v1';
  return { ...received, metadata, ...(isPod ? { status: { phase: 'Pending', qosClass: qosClassOf(received) } } : {}) };
}

// StorageObjectInUseProtection.
const PROTECTION: Readonly<Record<string, string | undefined>> = {
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
  PersistentVolume: 'kubernetes.io/pv-protection',
};

const NOT_OWNED = new Set(['name', 'namespace', 'uid', 'creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink']);

/** The owners of a field are written down where there is a field to own. */
function hasOwnedField(object: JsonObject, metadata: JsonObject): boolean {
  const isOther = (key: string): boolean => key !== 'apiVersion' && key !== 'kind' && key !== 'metadata' && key !== 'status';
  return Object.keys(object).some(isOther) || Object.keys(metadata).some((key) => !NOT_OWNED.has(key));
}

/** Whether the server counts generations: of custom resources, and of the built-in kinds below (`PrepareForCreate` of each). */
function hasGeneration({ apiVersion, kind }: JsonObject): boolean {
  const [group = ''] = typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.split('/') : [''];
  const kinds = GENERATIONS[group];
  if (kinds !== undefined) return kinds === '*' || kinds.split(' ').includes(String(kind));
  return group.includes('.') && !group.endsWith('.k8s.io');
}

const GENERATIONS: Readonly<Record<string, string | undefined>> = {
  '': 'Pod PodTemplate ReplicationController',
  apps: 'DaemonSet Deployment ReplicaSet StatefulSet',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: '*',
  policy: 'PodDisruptionBudget',
  'networking.k8s.io': 'Ingress IngressClass NetworkPolicy',
  'discovery.k8s.io': '*',
  'scheduling.k8s.io': 'PriorityClass',
  'flowcontrol.apiserver.k8s.io': '*',
  'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceSlice',
  'admissionregistration.k8s.io': '*',
  'apiextensions.k8s.io': '*',
  'gateway.networking.k8s.io': '*',
  'snapshot.storage.k8s.io': '*',
};
