import type { JsonObject } from '@plumbline/core';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { checkAzureDisk, checkFibreChannel, checkPartitioned } from './block-sources.ts';
import { checkFlexVolume, checkFlocker, checkHostPath, checkNfs, checkQuobyte, checkScaleIo, checkStorageOs } from './file-sources.ts';

export type SourceCheck = (source: JsonObject, at: Place, judgement: Judgement) => void;

/** There is nothing to say of it that its schema does not say. */
export const nothing: SourceCheck = () => {};

/** Sources that a volume of a pod and a PersistentVolume share; those that differ are at either. */
export const SOURCES: Readonly<Record<string, SourceCheck>> = {
  awsElasticBlockStore: checkPartitioned,
  azureDisk: checkAzureDisk,
  azureFile: nothing,
  cephfs: nothing,
  cinder: nothing,
  csi: nothing,
  fc: checkFibreChannel,
  flexVolume: checkFlexVolume,
  flocker: checkFlocker,
  gcePersistentDisk: checkPartitioned,
  glusterfs: nothing,
  hostPath: checkHostPath,
  iscsi: nothing,
  nfs: checkNfs,
  photonPersistentDisk: nothing,
  portworxVolume: nothing,
  quobyte: checkQuobyte,
  rbd: nothing,
  scaleIO: checkScaleIo,
  storageos: checkStorageOs,
  vsphereVolume: nothing,
};
