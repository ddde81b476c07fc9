// Fields that the server keeps as they were created. Facts from the update validation of Kubernetes 1.37 (pkg/apis/*/validation), by
// group and kind; versions do not differ in them.

/** A field, or a whole structure, by the names that lead to it; `*` stands for any item or member. */
export interface ImmutableField {
  readonly path: string;
  /** Parts of it that may change. */
  readonly except?: readonly string[];
  /** When the rule holds; always by default. */
  readonly when?: When;
}

/**
 * `set`: where the live object has a value. `not-external`: another value of a Service that is no ExternalName; without one the server keeps
 * its own. `not-suspended`: a Job that may have started. `frozen`: an object whose `immutable` is true. `shrinks`: an amount that gets less.
 * `not-indexed`: a Job whose pods have no index.
 */
export type When = 'set' | 'not-external' | 'not-suspended' | 'frozen' | 'shrinks' | 'not-indexed';

const field = (path: string, when?: When): ImmutableField => (when === undefined ? { path } : { path, when });
const SELECTOR = [field('spec.selector')];
const ROLE = [field('roleRef')];

/** What a template of a suspended Job may change: where its pods run, and what they take. */
const WHEN_SUSPENDED = [
  'metadata.annotations',
  'metadata.labels',
  'spec.nodeSelector',
  'spec.tolerations',
  'spec.affinity.nodeAffinity',
  'spec.schedulingGates',
  'spec.containers.*.resources',
  'spec.initContainers.*.resources',
].map((path) => `spec.template.${path}`);

const POD_MAY_CHANGE = [
  'spec.containers.*.image',
  'spec.initContainers.*.image',
  'spec.activeDeadlineSeconds',
  'spec.terminationGracePeriodSeconds',
  'spec.tolerations',
  'spec.schedulingGates',
  'spec.nodeSelector',
  'spec.affinity',
  'spec.ephemeralContainers',
];

const VOLUME_SOURCES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
];

export const IMMUTABLE_FIELDS: Readonly<Record<string, readonly ImmutableField[]>> = {
  '/ConfigMap': [field('data', 'frozen'), field('binaryData', 'frozen'), field('immutable', 'frozen')],
  '/PersistentVolume': [
    ...VOLUME_SOURCES.map((name) => ({ path: `spec.${name}`, except: ['spec.csi.controllerExpandSecretRef'] })),
    field('spec.volumeMode'),
    field('spec.nodeAffinity', 'set'),
  ],
  '/PersistentVolumeClaim': [
    {
      path: 'spec',
      except: ['spec.resources.requests.storage', 'spec.storageClassName', 'spec.volumeAttributesClassName', 'spec.volumeName'],
    },
    field('spec.storageClassName', 'set'),
    field('spec.volumeName', 'set'),
    field('spec.resources.requests.storage', 'shrinks'),
  ],
  '/Pod': [{ path: 'spec', except: POD_MAY_CHANGE }],
  '/Secret': [field('type'), field('data', 'frozen'), field('immutable', 'frozen')],
  '/Service': [
    field('spec.clusterIP', 'not-external'),
    field('spec.clusterIPs.0', 'not-external'),
    field('spec.ipFamilies.0', 'not-external'),
  ],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    field('spec.group'),
    field('spec.scope'),
    field('spec.names.kind'),
    field('spec.names.plural'),
  ],
  'apps/ControllerRevision': [field('data')],
  'apps/DaemonSet': SELECTOR,
  'apps/Deployment': SELECTOR,
  'apps/ReplicaSet': SELECTOR,
  'apps/StatefulSet': [...SELECTOR, field('spec.serviceName'), field('spec.podManagementPolicy'), field('spec.volumeClaimTemplates')],
  'batch/Job': [
    ...SELECTOR,
    field('spec.completions', 'not-indexed'),
    field('spec.completionMode'),
    field('spec.podFailurePolicy'),
    field('spec.backoffLimitPerIndex'),
    field('spec.managedBy'),
    field('spec.successPolicy'),
    { path: 'spec.template', except: WHEN_SUSPENDED },
    ...WHEN_SUSPENDED.map((path) => field(path, 'not-suspended')),
  ],
  'certificates.k8s.io/CertificateSigningRequest': [field('spec')],
  'certificates.k8s.io/ClusterTrustBundle': [field('spec.signerName')],
  'discovery.k8s.io/EndpointSlice': [field('addressType')],
  'networking.k8s.io/IPAddress': [field('spec.parentRef')],
  'networking.k8s.io/IngressClass': [field('spec.controller')],
  'node.k8s.io/RuntimeClass': [field('handler')],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ROLE,
  'rbac.authorization.k8s.io/RoleBinding': ROLE,
  'resource.k8s.io/ResourceClaim': [field('spec')],
  'resource.k8s.io/ResourceClaimTemplate': [field('spec')],
  'resource.k8s.io/ResourceSlice': [field('spec.pool.name'), field('spec.driver'), field('spec.nodeName')],
  'scheduling.k8s.io/PriorityClass': [field('value'), field('preemptionPolicy')],
  'storage.k8s.io/CSIDriver': [field('spec.attachRequired'), field('spec.volumeLifecycleModes')],
  'storage.k8s.io/CSIStorageCapacity': [field('nodeTopology'), field('storageClassName')],
  'storage.k8s.io/StorageClass': [field('parameters'), field('provisioner'), field('reclaimPolicy'), field('volumeBindingMode')],
  'storage.k8s.io/VolumeAttachment': [field('spec')],
  'storage.k8s.io/VolumeAttributesClass': [field('driverName'), field('parameters')],
};
