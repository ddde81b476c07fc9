/** A change of an object of a built-in kind: `spec` before and after, as YAML members beside apiVersion, kind and metadata. */
export interface ImmutablePair {
  readonly api: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
}

const labels = (app: string): string => `selector: {matchLabels: {app: ${app}}}`;
const pods = (app: string, image = 'a', more = ''): string =>
  `template: {metadata: {labels: {app: ${app}}}, spec: {${more}containers: [{name: a, image: ${image}}]}}`;
const workload = (rest: string): string => `spec: {${rest}}`;
const pair = (api: string, kind: string, before: string, after: string): ImmutablePair => ({ api, kind, before, after });
const jobs = (before: string, after: string): ImmutablePair =>
  pair(
    'batch/v1',
    'Job',
    workload(`${pods('a', 'a', 'restartPolicy: Never, ')}${before}`),
    workload(`${pods('a', 'a', 'restartPolicy: Never, ')}${after}`),
  );
const claim = (size: string, more = ''): string =>
  workload(`accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}${more}`);
const set = (more: string): string => workload(`${labels('a')}, ${pods('a')}, ${more}`);
const service = (more: string): string => workload(`ports: [{port: 80}], ${more}`);
const volume = (more: string): string => workload(`capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], ${more}`);

/** Changes that a server takes, and changes that it does not. */
export const IMMUTABLE_PAIRS: readonly ImmutablePair[] = [
  pair('apps/v1', 'Deployment', workload(`${labels('a')}, ${pods('a')}`), workload(`${labels('b')}, ${pods('b')}`)),
  pair(
    'apps/v1',
    'Deployment',
    workload(`${labels('a')}, ${pods('a')}`),
    workload(`${labels('a')}, ${pods('a', 'b')}, minReadySeconds: 3`),
  ),
  pair('apps/v1', 'DaemonSet', workload(`${labels('a')}, ${pods('a')}`), workload(`${labels('b')}, ${pods('b')}`)),
  pair('apps/v1', 'ReplicaSet', workload(`${labels('a')}, ${pods('a')}`), workload(`${labels('b')}, ${pods('b')}`)),
  pair('apps/v1', 'StatefulSet', set('serviceName: a'), set('serviceName: b')),
  pair('apps/v1', 'StatefulSet', set('podManagementPolicy: Parallel'), set('podManagementPolicy: OrderedReady')),
  pair('apps/v1', 'StatefulSet', set('revisionHistoryLimit: 3'), set('revisionHistoryLimit: 4')),
  pair('apps/v1', 'StatefulSet', set('minReadySeconds: 3, replicas: 1'), set('minReadySeconds: 4, replicas: 2')),
  pair(
    'apps/v1',
    'StatefulSet',
    set('volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]'),
    set('volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}}]'),
  ),
  jobs('', ', activeDeadlineSeconds: 5, parallelism: 2, backoffLimit: 2'),
  jobs(', completions: 2', ', completions: 3'),
  jobs(', completionMode: Indexed, completions: 2, parallelism: 2', ', completionMode: Indexed, completions: 3, parallelism: 3'),
  jobs(', completionMode: NonIndexed, completions: 1', ', completionMode: Indexed, completions: 1'),
  jobs(', managedBy: a.example/b', ', managedBy: a.example/c'),
  pair('batch/v1', 'Job', workload(pods('a', 'a', 'restartPolicy: Never, ')), workload(pods('a', 'b', 'restartPolicy: Never, '))),
  pair(
    'batch/v1',
    'Job',
    workload(`suspend: true, ${pods('a', 'a', 'restartPolicy: Never, ')}`),
    workload(`suspend: true, ${pods('a', 'a', 'restartPolicy: Never, nodeSelector: {a: b}, ')}`),
  ),
  pair(
    'batch/v1',
    'Job',
    workload(`suspend: true, ${pods('a', 'a', 'restartPolicy: Never, ')}`),
    workload(`suspend: true, ${pods('a', 'b', 'restartPolicy: Never, ')}`),
  ),
  pair('v1', 'ConfigMap', 'immutable: true\ndata: {a: x}', 'immutable: true\ndata: {a: z}'),
  pair('v1', 'ConfigMap', 'immutable: true\ndata: {a: x}', 'immutable: false\ndata: {a: x}'),
  pair('v1', 'ConfigMap', 'data: {a: x}', 'data: {a: z}'),
  pair('v1', 'PersistentVolumeClaim', claim('2Gi'), claim('2Gi', ', volumeMode: Block')),
  pair('v1', 'PersistentVolumeClaim', claim('2Gi'), claim('2Gi', ', storageClassName: other')),
  pair('v1', 'PersistentVolumeClaim', claim('2Gi', ', storageClassName: one'), claim('2Gi', ', storageClassName: other')),
  pair('v1', 'PersistentVolume', volume('hostPath: {path: /a}'), volume('hostPath: {path: /b}')),
  pair('v1', 'PersistentVolume', volume('hostPath: {path: /a}, volumeMode: Filesystem'), volume('hostPath: {path: /a}, volumeMode: Block')),
  pair('v1', 'PersistentVolume', volume('hostPath: {path: /a}'), volume('hostPath: {path: /a}, persistentVolumeReclaimPolicy: Delete')),
  pair('v1', 'Pod', 'spec: {containers: [{name: a, image: a}]}', 'spec: {containers: [{name: a, image: b}]}'),
  pair('v1', 'Pod', 'spec: {containers: [{name: a, image: a, command: [x]}]}', 'spec: {containers: [{name: a, image: a, command: [y]}]}'),
  pair('v1', 'Pod', 'spec: {containers: [{name: a, image: a}]}', 'spec: {activeDeadlineSeconds: 5, containers: [{name: a, image: a}]}'),
  pair('v1', 'Service', service('clusterIP: 10.0.0.77'), service('clusterIP: 10.0.0.78')),
  pair('v1', 'Service', service('type: ClusterIP'), service('type: NodePort')),
  pair('v1', 'Service', service('sessionAffinity: None'), service('sessionAffinity: ClientIP')),
  pair('discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv4\nendpoints: []', 'addressType: FQDN\nendpoints: []'),
  pair('networking.k8s.io/v1', 'IngressClass', 'spec: {controller: a.b/c}', 'spec: {controller: a.b/d}'),
  pair('node.k8s.io/v1', 'RuntimeClass', 'handler: a', 'handler: b'),
  pair('scheduling.k8s.io/v1', 'PriorityClass', 'value: 5', 'value: 6'),
  pair('scheduling.k8s.io/v1', 'PriorityClass', 'value: 5\npreemptionPolicy: Never', 'value: 5\npreemptionPolicy: PreemptLowerPriority'),
  pair('scheduling.k8s.io/v1', 'PriorityClass', 'value: 5\ndescription: a', 'value: 5\ndescription: b'),
  pair('storage.k8s.io/v1', 'StorageClass', 'provisioner: a/b', 'provisioner: a/c'),
  pair('storage.k8s.io/v1', 'StorageClass', 'provisioner: a/b\nparameters: {a: b}', 'provisioner: a/b\nparameters: {a: c}'),
  pair('storage.k8s.io/v1', 'StorageClass', 'provisioner: a/b\nreclaimPolicy: Delete', 'provisioner: a/b\nreclaimPolicy: Retain'),
  pair('storage.k8s.io/v1', 'StorageClass', 'provisioner: a/b', 'provisioner: a/b\nvolumeBindingMode: WaitForFirstConsumer'),
  pair(
    'storage.k8s.io/v1',
    'StorageClass',
    'provisioner: a/b\nallowVolumeExpansion: false',
    'provisioner: a/b\nallowVolumeExpansion: true',
  ),
  pair('storage.k8s.io/v1', 'CSIDriver', 'spec: {attachRequired: true}', 'spec: {attachRequired: false}'),
  pair('storage.k8s.io/v1', 'CSIDriver', 'spec: {podInfoOnMount: true}', 'spec: {podInfoOnMount: false}'),
  pair('storage.k8s.io/v1', 'CSIDriver', 'spec: {volumeLifecycleModes: [Persistent]}', 'spec: {volumeLifecycleModes: [Ephemeral]}'),
  pair('storage.k8s.io/v1', 'VolumeAttributesClass', 'driverName: a.b\nparameters: {a: b}', 'driverName: a.b\nparameters: {a: c}'),
  pair(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: b}',
  ),
  pair(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: []',
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: [{kind: User, name: u, apiGroup: rbac.authorization.k8s.io}]',
  ),
];
