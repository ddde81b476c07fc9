import type { NativeCheck } from './native.ts';
import { checkVolumeAttachment } from './storage/attachment.ts';
import { checkClaim } from './storage/claim.ts';
import { checkStorageClass, checkVolumeAttributesClass } from './storage/classes.ts';
import { checkCsiDriver, checkCsiNode, checkCsiStorageCapacity } from './storage/csi-kinds.ts';
import { checkPersistentVolume } from './storage/persistent-volume.ts';

/** Volumes, claims and storage classes. */
export const STORAGE: Readonly<Record<string, NativeCheck>> = {
  '/PersistentVolume': checkPersistentVolume,
  '/PersistentVolumeClaim': checkClaim,
  'storage.k8s.io/CSIDriver': checkCsiDriver,
  'storage.k8s.io/CSINode': checkCsiNode,
  'storage.k8s.io/CSIStorageCapacity': checkCsiStorageCapacity,
  'storage.k8s.io/StorageClass': checkStorageClass,
  'storage.k8s.io/VolumeAttachment': checkVolumeAttachment,
  'storage.k8s.io/VolumeAttributesClass': checkVolumeAttributesClass,
};
