import { has, objectsIn, textIn } from '../../native/values.ts';
import { type Check, plural, quoteAll, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  rule: 'pss/volume-types',
  level: 'restricted',
  versions: [{ since: 0, overrides: ['hostPathVolumes'], judge }],
};

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;
const OTHERS = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
] as const;

function judge({ spec, path }: Pod): Violation | undefined {
  const bad = [...objectsIn(spec, 'volumes')].flatMap(([volume, index]) => {
    // One without any source becomes an emptyDir.
    const source = OTHERS.find((key) => has(volume, key));
    if (source === undefined || ALLOWED.some((key) => has(volume, key))) return [];
    return [{ name: textIn(volume, 'name'), source, spot: { path: [...path, 'volumes', index, source] } }];
  });
  if (bad.length === 0) return undefined;
  const names = `${plural('volume', 'volumes', bad.length)} ${quoteAll(bad.map(({ name }) => name))}`;
  const types = sorted(bad.map(({ source }) => source));
  return {
    reason: 'restricted volume types',
    detail: `${names} ${plural('uses', 'use', bad.length)} ${plural('restricted volume type', 'restricted volume types', types.length)} ${quoteAll(types)}`,
    spots: bad.map(({ spot }) => spot),
  };
}
