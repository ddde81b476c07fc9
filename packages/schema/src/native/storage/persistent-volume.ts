import type { JsonObject } from '@plumbline/core';
import { forbidden, type Judgement, warn } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { warnOfPlugin } from '../pod/volume-plugins.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkVolumeSpec } from './volume-spec.ts';

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
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
  if (annotations !== undefined && Object.hasOwn(annotations, MOUNT_OPTIONS) && !MOUNTABLE.some((one) => has(spec, one)))
    forbidden(judgement, ROOT.in('metadata').in('annotations').in(MOUNT_OPTIONS), 'the source of the volume takes no mount options');
  if (spec.persistentVolumeReclaimPolicy === 'Recycle')
    warn(
      judgement,
      at.in('persistentVolumeReclaimPolicy'),
      'the Recycle policy is deprecated, provision volumes dynamically',
      'schema/server-warning',
    );
  for (const key in spec) if (has(spec, key)) warnOfPlugin(key, at, judgement, true);
}
