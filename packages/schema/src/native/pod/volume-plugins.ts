import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';

/** Plugin → the minors in which it was deprecated and from which it does nothing. */
const PLUGINS: Readonly<Record<string, readonly [deprecated: number, gone: number]>> = {
  cephfs: [28, 31],
  flocker: [22, 25],
  gitRepo: [11, 33],
  glusterfs: [25, 26],
  photonPersistentDisk: [11, 16],
  quobyte: [22, 25],
  rbd: [28, 31],
  scaleIO: [16, 22],
  storageos: [22, 25],
};
/** Of these the server says nothing in a PersistentVolume. */
const SILENT = ['flocker', 'quobyte'];

/** Warns of a volume plugin under `key` of a pod's volume or a PersistentVolume's spec: pkg/api/pod, pkg/api/persistentvolume. */
export function warnOfPlugin(key: string, at: Place, judgement: Judgement, isOfPersistentVolume = false): void {
  const life = Object.hasOwn(PLUGINS, key) ? PLUGINS[key] : undefined;
  if (life === undefined || judgement.minor < life[0] || (isOfPersistentVolume && SILENT.includes(key))) return;
  const [deprecated, gone] = life;
  const end = judgement.minor < gone ? '' : `, without effect since 1.${gone}`;
  warn(judgement, at.in(key), `volume plugin ${key} is deprecated since 1.${deprecated}${end}`, 'api/removed-field', { part: 'key' });
}
