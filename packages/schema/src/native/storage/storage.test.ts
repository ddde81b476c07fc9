import { expect, test } from 'vitest';
import { type Around, saidOf } from '../../../test/native-lines.ts';
import { STORAGE } from '../storage.ts';

const of = (kind: string, text: string, around: Around = {}): string[] =>
  saidOf((object, judgement) => STORAGE[kind]?.(object, judgement), text, around);
const claim = (spec: string): string => `spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${spec}}`;
const volume = (spec: string): string => `spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, ${spec}}`;
const AFFINITY = 'nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}';

test.each([
  ['/PersistentVolumeClaim', claim('storageClassName: "", volumeMode: Block')],
  ['/PersistentVolumeClaim', claim('dataSource: {kind: Own, name: a}')],
  ['/PersistentVolumeClaim', claim('dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}')],
  ['/PersistentVolumeClaim', claim('dataSourceRef: {apiGroup: a.b, kind: Own, name: a, namespace: B}')],
  ['/PersistentVolume', volume('hostPath: {path: /}, persistentVolumeReclaimPolicy: Retain')],
  ['/PersistentVolume', volume(`local: {path: /a}, ${AFFINITY}`)],
  [
    '/PersistentVolume',
    volume('csi: {driver: a, volumeHandle: b, nodePublishSecretRef: {name: a, namespace: b}}, volumeAttributesClassName: a'),
  ],
  ['/PersistentVolume', `metadata: {annotations: {a: b}}\n${volume('nfs: {server: a, path: /}')}`],
  [
    'storage.k8s.io/StorageClass',
    'provisioner: A.b/c\nallowedTopologies: [{matchLabelExpressions: [{key: a, values: [b]}]}, {matchLabelExpressions: [{key: a, values: [c]}]}]',
  ],
  ['storage.k8s.io/CSIDriver', 'spec: {tokenRequests: [{audience: a, expirationSeconds: 600}, {}], serviceAccountTokenInSecrets: true}'],
  ['storage.k8s.io/CSINode', 'spec: {drivers: [{name: a, nodeID: b, topologyKeys: [a/b], allocatable: {count: 0}}]}'],
  ['storage.k8s.io/VolumeAttachment', 'spec: {attacher: a, nodeName: b, source: {persistentVolumeName: c}}'],
  [
    'storage.k8s.io/VolumeAttachment',
    'spec: {attacher: a, nodeName: b, source: {inlineVolumeSpec: {accessModes: [ReadWriteOnce], csi: {driver: a, volumeHandle: b}}}}',
  ],
  ['storage.k8s.io/VolumeAttributesClass', 'driverName: a\nparameters: {a: b}'],
  ['storage.k8s.io/CSIStorageCapacity', 'storageClassName: a\ncapacity: 0'],
])('%s %s is good', (kind, text) => {
  expect(of(kind, text)).toEqual([]);
});

test.each([
  ['/PersistentVolumeClaim', '{}', 'schema/missing-required spec.accessModes', 'schema/missing-required spec.resources.requests.storage'],
  [
    '/PersistentVolumeClaim',
    'spec: {accessModes: [RWO, readWriteOnce], resources: {requests: {storage: 0}}}',
    'schema/invalid spec.accessModes[0]',
    'schema/enum-case spec.accessModes[1]',
    'schema/invalid spec.resources.requests.storage',
  ],
  [
    '/PersistentVolumeClaim',
    'spec: {accessModes: [ReadWriteOncePod, ReadOnlyMany], resources: {requests: {storage: -1Gi}}}',
    'schema/invalid spec.accessModes[0]',
    'schema/invalid spec.resources.requests.storage',
  ],
  [
    '/PersistentVolumeClaim',
    claim('storageClassName: A, volumeMode: "", volumeAttributesClassName: B'),
    'schema/invalid spec.storageClassName',
    'schema/invalid spec.volumeMode',
    'schema/invalid spec.volumeAttributesClassName',
  ],
  ['/PersistentVolumeClaim', claim('dataSourceRef: {kind: Own, name: a}'), 'schema/missing-required spec.dataSourceRef.apiGroup'],
  ['/PersistentVolumeClaim', claim('dataSourceRef: {apiGroup: A, kind: Own, name: a}'), 'schema/invalid spec.dataSourceRef.apiGroup'],
  [
    '/PersistentVolumeClaim',
    claim('dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}'),
    'schema/invalid spec.dataSource',
  ],
  [
    '/PersistentVolume',
    'spec: {nfs: {server: a, path: /}}',
    'schema/missing-required spec.accessModes',
    'schema/missing-required spec.capacity.storage',
  ],
  [
    '/PersistentVolume',
    'spec: {accessModes: [ReadWriteOnce], capacity: {storage: 0, cpu: 1}, nfs: {server: a, path: /}}',
    'schema/invalid spec.capacity.storage',
    'schema/invalid spec.capacity.cpu',
  ],
  [
    '/PersistentVolume',
    volume('').replace('1Gi', '"9223372036854775808"').replace(', }', ', nfs: {server: a, path: /}}'),
    'schema/invalid spec.capacity.storage',
  ],
  [
    '/PersistentVolume',
    volume('storageClassName: A, volumeMode: block, persistentVolumeReclaimPolicy: Keep'),
    'schema/invalid spec.persistentVolumeReclaimPolicy',
    'schema/invalid spec.storageClassName',
    'schema/enum-case spec.volumeMode',
    'schema/missing-required spec.csi',
  ],
  ['/PersistentVolume', volume('local: {path: /a/..}'), 'schema/invalid spec.local.path', 'schema/missing-required spec.nodeAffinity'],
  ['/PersistentVolume', volume('nfs: {server: a, path: /}, hostPath: {path: /}, flexVolume: {driver: a}'), 'schema/invalid spec.hostPath'],
  ['/PersistentVolume', volume('nfs: {server: a, path: /}, nodeAffinity: {}'), 'schema/missing-required spec.nodeAffinity.required'],
  [
    '/PersistentVolume',
    volume('nfs: {server: a, path: /}, volumeAttributesClassName: ""'),
    'schema/missing-required spec.volumeAttributesClassName',
    'schema/missing-required spec.csi',
  ],
  [
    '/PersistentVolume',
    volume('csi: {driver: a_b, volumeHandle: c, controllerExpandSecretRef: {name: A}}'),
    'schema/invalid spec.csi.driver',
    'schema/missing-required spec.csi.controllerExpandSecretRef.namespace',
    'schema/invalid spec.csi.controllerExpandSecretRef.name',
  ],
  [
    '/PersistentVolume',
    volume('glusterfs: {endpoints: a, path: b, endpointsNamespace: ""}'),
    'schema/invalid spec.glusterfs.endpointsNamespace',
  ],
  [
    '/PersistentVolume',
    volume('azureFile: {secretName: a, shareName: b, secretNamespace: ""}'),
    'schema/missing-required spec.azureFile.secretNamespace',
  ],
  ['/PersistentVolume', volume('cinder: {volumeID: a, secretRef: {name: b}}'), 'schema/missing-required spec.cinder.secretRef.namespace'],
  [
    '/PersistentVolume',
    `metadata: {annotations: {volume.beta.kubernetes.io/mount-options: a}}\n${volume('csi: {driver: a, volumeHandle: b}')}`,
    'schema/invalid metadata.annotations["volume.beta.kubernetes.io/mount-options"]',
  ],
  [
    'storage.k8s.io/StorageClass',
    'provisioner: a b\nreclaimPolicy: Recycle\nvolumeBindingMode: ""\nparameters: {"": a}',
    'schema/invalid provisioner',
    'schema/invalid parameters[""]',
    'schema/invalid reclaimPolicy',
    'schema/invalid volumeBindingMode',
  ],
  [
    'storage.k8s.io/StorageClass',
    'provisioner: a\nallowedTopologies: [{matchLabelExpressions: [{key: a, values: [b, b]}, {key: a, values: [c]}]}, {}, {matchLabelExpressions: [{key: a, values: [c]}, {key: a, values: [b, b]}]}]',
    'schema/invalid allowedTopologies[0].matchLabelExpressions[0].values[1]',
    'schema/invalid allowedTopologies[0].matchLabelExpressions[1].key',
    'schema/missing-required allowedTopologies[1].matchLabelExpressions',
    'schema/invalid allowedTopologies[2].matchLabelExpressions[1].key',
    'schema/invalid allowedTopologies[2].matchLabelExpressions[1].values[1]',
    'schema/invalid allowedTopologies[2].matchLabelExpressions',
  ],
  [
    'storage.k8s.io/CSIDriver',
    'spec: {fsGroupPolicy: file, volumeLifecycleModes: [Own], tokenRequests: [{audience: a, expirationSeconds: 599}, {audience: a}], serviceAccountTokenInSecrets: false, nodeAllocatableUpdatePeriodSeconds: 9}',
    'schema/enum-case spec.fsGroupPolicy',
    'schema/invalid spec.volumeLifecycleModes[0]',
    'schema/invalid spec.tokenRequests[0].expirationSeconds',
    'schema/invalid spec.tokenRequests[1].audience',
    'schema/invalid spec.nodeAllocatableUpdatePeriodSeconds',
  ],
  ['storage.k8s.io/CSIDriver', 'spec: {serviceAccountTokenInSecrets: false}', 'schema/invalid spec.serviceAccountTokenInSecrets'],
  [
    'storage.k8s.io/CSINode',
    'spec: {drivers: [{name: a, nodeID: b}, {name: a, nodeID: c, topologyKeys: ["", d, d], allocatable: {count: -1}}]}',
    'schema/list-map-duplicate spec.drivers[1].name',
    'schema/invalid spec.drivers[1].allocatable.count',
    'meta/label-invalid spec.drivers[1].topologyKeys[0]',
    'schema/invalid spec.drivers[1].topologyKeys[2]',
  ],
  ['storage.k8s.io/CSIStorageCapacity', 'storageClassName: A\ncapacity: -1', 'schema/invalid storageClassName', 'schema/invalid capacity'],
  [
    'storage.k8s.io/VolumeAttachment',
    'spec: {attacher: a_b, nodeName: C, source: {}}',
    'schema/invalid spec.attacher',
    'schema/invalid spec.nodeName',
    'schema/missing-required spec.source.persistentVolumeName',
  ],
  [
    'storage.k8s.io/VolumeAttachment',
    'spec: {attacher: a, nodeName: b, source: {inlineVolumeSpec: {capacity: {storage: 1}, storageClassName: a, volumeMode: Block}}}',
    'schema/invalid spec.source.inlineVolumeSpec.storageClassName',
    'schema/invalid spec.source.inlineVolumeSpec.capacity',
    'schema/missing-required spec.source.inlineVolumeSpec.csi',
    'schema/missing-required spec.source.inlineVolumeSpec.accessModes',
    'schema/invalid spec.source.inlineVolumeSpec.volumeMode',
  ],
  [
    'storage.k8s.io/VolumeAttributesClass',
    'driverName: a b\nparameters: {}',
    'schema/invalid driverName',
    'schema/missing-required parameters',
  ],
])('%s %s', (kind, text, ...wanted) => {
  expect(of(kind, text).filter((line) => !line.includes('server-warning'))).toEqual(wanted);
});

test.each([
  ['/PersistentVolumeClaim', claim('').replace('1Gi', '100m'), 'schema/server-warning spec.resources.requests.storage (server-warning)'],
  [
    '/PersistentVolume',
    volume('cephfs: {monitors: [a]}, persistentVolumeReclaimPolicy: Recycle'),
    'schema/server-warning spec.persistentVolumeReclaimPolicy (server-warning)',
    'api/removed-field spec.cephfs (server-warning)',
  ],
  ['/PersistentVolume', volume('flocker: {datasetName: a}')],
  [
    'storage.k8s.io/CSIDriver',
    'spec: {tokenRequests: [{audience: a}]}',
    'schema/server-warning spec.serviceAccountTokenInSecrets (server-warning)',
  ],
  [
    'storage.k8s.io/StorageClass',
    'provisioner: a\nallowedTopologies: [{matchLabelExpressions: [{key: failure-domain.beta.kubernetes.io/zone, values: [b]}]}]',
    'schema/server-warning allowedTopologies[0].matchLabelExpressions[0].key (server-warning)',
  ],
  [
    'storage.k8s.io/CSIStorageCapacity',
    'storageClassName: a\nnodeTopology: {matchLabels: {beta.kubernetes.io/os: linux}}',
    'schema/server-warning nodeTopology.matchLabels["beta.kubernetes.io/os"] (server-warning)',
  ],
])('%s %s is warned of', (kind, text, ...wanted) => {
  expect(of(kind, text)).toEqual(wanted);
});

test('what a build may add is not missed, and a variable not judged', () => {
  expect(
    of(
      '/PersistentVolumeClaim',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux.
      'spec: {accessModes: "${MODES}", resources: {requests: {storage: "${SIZE}"}}, storageClassName: "${CLASS}"}',
      { isFilledIn: true },
    ),
  ).toEqual(['schema/invalid skipped']);
  expect(of('/PersistentVolume', 'spec: {}', { mayGainFields: true })).toEqual(['schema/missing-required skipped']);
});
