import type { JsonObject } from '@plumbline/core';
import { forbidden, type Judgement, warn } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { warnOfPlugin } from '../pod/volume-plugins.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkVolumeSpec } from './volume-spec.ts';

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
const STORAGE_CLASS = 'volume.beta.kubernetes.io/storage-class';
/** Sources that take mount options from the annotation: pkg/volume/validation. */
const MOUNTABLE = [
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'nfs',
  'rbd',
  'quobyte',
  'iscsi',
  'cinder',
  'cephfs',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
] as const;

export function checkPersistentVolume(object: JsonObject, judgement: Judgement): void {
  const metadata = objectIn(object, 'metadata');
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkVolumeSpec(spec, textIn(metadata, 'name'), at, judgement);
  const annotations = objectIn(metadata, 'annotations');
  if (annotations !== undefined && Object.hasOwn(annotations, MOUNT_OPTIONS)) {
    const place = ROOT.in('metadata').in('annotations').in(MOUNT_OPTIONS);
    if (!MOUNTABLE.some((one) => has(spec, one))) forbidden(judgement, place, 'the source of the volume takes no mount options');
    else warn(judgement, place, 'the annotation is deprecated since 1.31, use mountOptions', 'api/deprecated-annotation', { part: 'key' });
  }
  warnOfClassAnnotation(metadata, judgement);
  if (spec.persistentVolumeReclaimPolicy === 'Recycle')
    warn(
      judgement,
      at.in('persistentVolumeReclaimPolicy'),
      'the Recycle policy is deprecated, provision volumes dynamically',
      'schema/server-warning',
    );
  for (const key in spec) if (has(spec, key)) warnOfPlugin(key, at, judgement, true);
}

export function warnOfClassAnnotation(metadata: JsonObject | undefined, judgement: Judgement): void {
  const annotations = objectIn(metadata, 'annotations');
  if (annotations === undefined || !Object.hasOwn(annotations, STORAGE_CLASS)) return;
  const place = ROOT.in('metadata').in('annotations').in(STORAGE_CLASS);
  warn(judgement, place, 'the annotation is deprecated since 1.8, use storageClassName', 'api/deprecated-annotation', { part: 'key' });
}
