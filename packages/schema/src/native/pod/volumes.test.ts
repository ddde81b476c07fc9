import type { JsonObject } from '@plumbline/core';
import { expect, test } from 'vitest';
import { type Around, messagesOf, saidOf } from '../../../test/native-lines.ts';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import type { PodAround } from './around.ts';
import { checkVolumes } from './volumes.ts';

const check =
  (around: PodAround = {}) =>
  (spec: JsonObject, judgement: Judgement): void => {
    checkVolumes(spec, ROOT.in('spec'), judgement, around);
  };

/** What is said of one volume, with its path left out. */
const ofVolume = (source: string, around: Around = {}): string[] =>
  saidOf(check(), `volumes: [{name: v, ${source}}]`, around).map((line) => line.replace('spec.volumes[0].', ''));

test.each([
  'emptyDir: {}',
  'emptyDir: {sizeLimit: 1Gi, medium: Memory}',
  'hostPath: {path: /a, type: ""}',
  'hostPath: {path: /a..b, type: DirectoryOrCreate}',
  'secret: {secretName: a, defaultMode: 0400, items: [{key: a, path: b/c, mode: 0777}]}',
  'configMap: {name: a, items: [{key: a, path: a..b}]}',
  'persistentVolumeClaim: {claimName: a}',
  'nfs: {server: a, path: /}',
  'iscsi: {targetPortal: "1.2.3.4:3260", iqn: "iqn.2001-04.com.example:disk", lun: 0}',
  'fc: {wwids: [a]}',
  'quobyte: {registry: "a:1,[::1]:2,b:", volume: v}',
  'flexVolume: {driver: a/b, options: {kubernetes.iox: a}}',
  'azureDisk: {diskName: a, diskURI: /subscriptions/x, kind: Managed}',
  'azureDisk: {diskName: a, diskURI: "https://x"}',
  'csi: {driver: A.b, nodePublishSecretRef: {name: a}}',
  'downwardAPI: {items: [{path: a, fieldRef: {fieldPath: "metadata.annotations[\'A/b\']"}}]}',
  'downwardAPI: {items: [{path: a, resourceFieldRef: {containerName: c, resource: limits.memory, divisor: 1024Ki}}]}',
  'image: {reference: a, pullPolicy: Never}',
  'ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}',
])('%s is good', (source) => {
  expect(ofVolume(source).filter((line) => !line.startsWith('api/removed-field'))).toEqual([]);
});

test.each([
  ['emptyDir: {}, hostPath: {path: /a}', 'schema/invalid hostPath'],
  ['emptyDir: {sizeLimit: -1Gi}', 'schema/invalid emptyDir.sizeLimit'],
  ['hostPath: {path: /a/../b}', 'schema/invalid hostPath.path'],
  ['hostPath: {path: /a, type: directory}', 'schema/enum-case hostPath.type'],
  ['hostPath: {path: /a, type: Dir}', 'schema/invalid hostPath.type'],
  ['secret: {}', 'schema/missing-required secret.secretName'],
  ['secret: {secretName: a, defaultMode: 1000}', 'schema/invalid secret.defaultMode'],
  ['configMap: {defaultMode: -1}', 'schema/missing-required configMap.name', 'schema/invalid configMap.defaultMode'],
  ['configMap: {name: a, items: [{key: a, path: /b}]}', 'schema/invalid configMap.items[0].path'],
  ['configMap: {name: a, items: [{key: a, path: ..b}]}', 'schema/invalid configMap.items[0].path'],
  ['configMap: {name: a, items: [{key: a, path: b/..}]}', 'schema/invalid configMap.items[0].path'],
  ['configMap: {name: a, items: [{key: a, path: b, mode: 512}]}', 'schema/invalid configMap.items[0].mode'],
  ['persistentVolumeClaim: {}', 'schema/missing-required persistentVolumeClaim.claimName'],
  ['nfs: {server: a, path: b}', 'schema/invalid nfs.path'],
  ['gcePersistentDisk: {pdName: a, partition: 256}', 'schema/invalid gcePersistentDisk.partition'],
  ['iscsi: {targetPortal: a, iqn: iqn.1.x, lun: 256}', 'schema/invalid iscsi.iqn', 'schema/invalid iscsi.lun'],
  ['iscsi: {targetPortal: a, iqn: "iqn.2001-04.b:c", lun: 0, chapAuthSession: true}', 'schema/missing-required iscsi.secretRef'],
  ['iscsi: {targetPortal: a, iqn: eui.0123456789abcdef, lun: 0, initiatorName: x}', 'schema/invalid iscsi.initiatorName'],
  [
    `iscsi: {targetPortal: ${'a'.repeat(63)}, iqn: "iqn.2001-04.b:c", initiatorName: "iqn.2001-04.b:d"}`,
    'schema/invalid iscsi.targetPortal',
  ],
  ['fc: {}', 'schema/missing-required fc.targetWWNs'],
  ['fc: {targetWWNs: [a], wwids: [b]}', 'schema/invalid fc.wwids', 'schema/missing-required fc.lun'],
  ['quobyte: {registry: a, volume: v}', 'schema/invalid quobyte.registry'],
  ['flocker: {}', 'schema/missing-required flocker.datasetName'],
  ['flocker: {datasetName: a/b, datasetUUID: c}', 'schema/invalid flocker.datasetUUID', 'schema/invalid flocker.datasetName'],
  ['flexVolume: {driver: a, options: {x.Kubernetes.io/a: b}}', 'schema/invalid flexVolume.options["x.Kubernetes.io/a"]'],
  ['azureDisk: {diskName: a, diskURI: /subscriptions/x}', 'schema/invalid azureDisk.diskURI'],
  [
    'azureDisk: {diskName: a, diskURI: "https://x", kind: Own, cachingMode: none}',
    'schema/enum-case azureDisk.cachingMode',
    'schema/invalid azureDisk.kind',
  ],
  ['scaleIO: {gateway: a, system: b, secretRef: {name: c}}', 'schema/missing-required scaleIO.volumeName'],
  ['storageos: {volumeName: A, secretRef: {}}', 'schema/invalid storageos.volumeName', 'schema/missing-required storageos.secretRef.name'],
  ['cinder: {volumeID: a, secretRef: {name: ""}}', 'schema/missing-required cinder.secretRef.name'],
  ['gitRepo: {repository: a, directory: ../b}', 'schema/invalid gitRepo.directory'],
  [
    'csi: {driver: "", nodePublishSecretRef: {name: A}}',
    'schema/missing-required csi.driver',
    'schema/invalid csi.nodePublishSecretRef.name',
  ],
  ['csi: {driver: a_b}', 'schema/invalid csi.driver'],
  ['downwardAPI: {items: [{path: a}]}', 'schema/missing-required downwardAPI.items[0].fieldRef'],
  ['downwardAPI: {items: [{path: a, fieldRef: {fieldPath: spec.nodeName}}]}', 'schema/invalid downwardAPI.items[0].fieldRef.fieldPath'],
  [
    'downwardAPI: {items: [{path: a, fieldRef: {fieldPath: "metadata.labels[\'a b\']"}}]}',
    'schema/invalid downwardAPI.items[0].fieldRef.fieldPath',
  ],
  [
    'downwardAPI: {items: [{path: a, resourceFieldRef: {resource: cpu}}]}',
    'schema/missing-required downwardAPI.items[0].resourceFieldRef.containerName',
    'schema/invalid downwardAPI.items[0].resourceFieldRef.resource',
  ],
  [
    'downwardAPI: {items: [{path: a, resourceFieldRef: {containerName: c, resource: limits.cpu, divisor: 1k}}]}',
    'schema/invalid downwardAPI.items[0].resourceFieldRef.divisor',
  ],
  ['image: {}', 'schema/missing-required image.reference'],
  ['ephemeral: {}', 'schema/missing-required ephemeral.volumeClaimTemplate'],
  [
    'ephemeral: {volumeClaimTemplate: {metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}',
    'schema/invalid ephemeral.volumeClaimTemplate.metadata.name',
  ],
  [
    'ephemeral: {volumeClaimTemplate: {spec: {}}}',
    'schema/missing-required ephemeral.volumeClaimTemplate.spec.accessModes',
    'schema/missing-required ephemeral.volumeClaimTemplate.spec.resources.requests.storage',
  ],
])('%s', (source, ...wanted) => {
  expect(ofVolume(source).filter((line) => !line.includes('server-warning'))).toEqual(wanted);
});

test('a mode that was meant to be octal comes with how to write it', () => {
  expect(messagesOf(check(), 'volumes: [{name: v, secret: {secretName: a, defaultMode: 644}}]')).toEqual([
    'defaultMode 644 is not between 0 and 0777 (octal, 511 in decimal): it is decimal, write 0644 for the octal digits',
  ]);
});

test('names are labels', () => {
  expect(saidOf(check(), 'volumes: [{name: a}, {name: B}]')).toEqual(['schema/invalid spec.volumes[1].name']);
});

test('a claim template takes the place of a volume of its name, at which nobody looks', () => {
  const text = 'volumes: [{name: data, hostPath: {path: ../x}}]';
  expect(saidOf(check(), text)).toHaveLength(1);
  expect(saidOf(check({ claims: ['data'] }), text)).toEqual([]);
});

test('claims that are made for a Pod have a name, which no other volume may take', () => {
  const template = 'ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}';
  const text = `volumes: [{name: v, ${template}}, {name: w, persistentVolumeClaim: {claimName: web-v}}]`;
  expect(saidOf(check({ metadata: { name: 'web' } }), text)).toEqual(['schema/invalid spec.volumes[1].persistentVolumeClaim.claimName']);
  expect(saidOf(check(), text)).toEqual([]);
  expect(saidOf(check({ metadata: { name: 'a'.repeat(252) } }), text)).toEqual(['schema/invalid spec.volumes[0].name']);
});

test.each([
  ['rbd: {monitors: [a], image: b}', 37, 'volume plugin rbd is deprecated since 1.28, without effect since 1.31'],
  ['rbd: {monitors: [a], image: b}', 30, 'volume plugin rbd is deprecated since 1.28'],
  ['gitRepo: {repository: a}', 37, 'volume plugin gitRepo is deprecated since 1.11, without effect since 1.33'],
])('%s in 1.%i is warned of', (source, minor, message) => {
  expect(ofVolume(source, { minor })).toEqual([`api/removed-field ${source.split(':')[0]} (server-warning)`]);
  expect(messagesOf(check(), `volumes: [{name: v, ${source}}]`, { minor })).toEqual([message]);
});

test('files of a volume that overlap', () => {
  expect(ofVolume('configMap: {name: a, items: [{key: a, path: x/}, {key: b, path: x/y}, {key: c, path: xy}]}')).toEqual([
    'schema/server-warning configMap.items[1].path (server-warning)',
  ]);
});

test('variables and fields that a build may add are left alone', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux.
  expect(saidOf(check(), 'volumes: [{name: "${NAME}", hostPath: {path: /a, type: "${TYPE}"}}]', { isFilledIn: true })).toEqual([
    'schema/invalid skipped',
  ]);
  expect(saidOf(check(), 'volumes: [{name: a, secret: {}, nfs: {server: a, path: /}}]', { mayGainFields: true })).toEqual([
    'schema/missing-required skipped',
    'schema/invalid skipped',
  ]);
});
