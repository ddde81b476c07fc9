// Which scalar fields of built-in structures lose their zero value on the way to the server's answer: those that Go keeps without a pointer and
// leaves out when empty. Facts from the struct tags of k8s.io/api 1.37; every other number or boolean is kept as it was written.

const ZERO_IS_ABSENT: Readonly<Record<string, readonly string[]>> = {
  AWSElasticBlockStoreVolumeSource: ['partition'],
  Container: ['stdin', 'stdinOnce', 'tty'],
  ContainerPort: ['hostPort'],
  DaemonSetSpec: ['minReadySeconds', 'templateGeneration'],
  DeploymentSpec: ['minReadySeconds', 'paused'],
  DeviceSubRequest: ['count'],
  EphemeralContainer: ['stdin', 'stdinOnce', 'tty'],
  Event: ['count', 'deprecatedCount'],
  ExactDeviceRequest: ['count'],
  GCEPersistentDiskVolumeSource: ['partition'],
  ISCSIPersistentVolumeSource: ['chapAuthDiscovery', 'chapAuthSession'],
  ISCSIVolumeSource: ['chapAuthDiscovery', 'chapAuthSession'],
  NodeSpec: ['unschedulable'],
  PodSpec: ['hostIPC', 'hostNetwork', 'hostPID'],
  PriorityClass: ['globalDefault'],
  Probe: ['failureThreshold', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'timeoutSeconds'],
  ReplicaSetSpec: ['minReadySeconds'],
  ReplicationControllerSpec: ['minReadySeconds'],
  ResourcePolicyRule: ['clusterScope'],
  ScaleIOPersistentVolumeSource: ['sslEnabled'],
  ScaleIOVolumeSource: ['sslEnabled'],
  ScaleSpec: ['replicas'],
  ServiceBackendPort: ['number'],
  ServicePort: ['nodePort'],
  ServiceSpec: ['healthCheckNodePort', 'publishNotReadyAddresses'],
  StatefulSetSpec: ['minReadySeconds'],
};

/** Texts that Go keeps by a pointer, so that an empty one is not an absent one. */
const EMPTY_TEXT_COUNTS = new Set(['ingressClassName', 'storageClassName', 'volumeAttributesClassName']);

/** Whether the zero value of a field of a built-in structure counts as absent. `owner` is the structure's name, `core.v1.Container`. */
export function isZeroAbsent(owner: string, field: string, value: string | number | boolean): boolean {
  if (value === '') return !EMPTY_TEXT_COUNTS.has(field);
  // On every volume and mount.
  if (field === 'readOnly') return true;
  const name = owner.slice(owner.lastIndexOf('.') + 1);
  return Object.hasOwn(ZERO_IS_ABSENT, name) && ZERO_IS_ABSENT[name]?.includes(field) === true;
}
