import { closest, type JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote, skip } from '../../verdict.ts';
import { checkChoice, checkDescendingPath, checkNoBacksteps, checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { clash, mayBeTrue, takeBackRepetition } from './clash.ts';
import { itemAt } from './items.ts';
import type { VolumeNames } from './volumes.ts';

const RULE = 'wl/volume-unmounted';
const PROPAGATIONS = ['None', 'HostToContainer', 'Bidirectional'] as const;
const READ_ONLY_DEPTHS = ['Disabled', 'IfPossible', 'Enabled'] as const;

/** volumeMounts and volumeDevices of a container: ValidateVolumeMounts, ValidateVolumeDevices. `at`: of the container. */
export function checkMounts(container: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const hasDevices = has(container, 'volumeDevices') && listIn(container, 'volumeDevices').length > 0;
  if (has(container, 'volumeMounts')) {
    const mounts = listIn(container, 'volumeMounts');
    const seen = mounts.length > 1 ? new Set<string>() : undefined;
    for (let index = 0; index < mounts.length; index++) {
      const mount = itemAt(mounts, index);
      if (mount === undefined) continue;
      checkMount(mount, container, index, at, judgement, volumes);
      if (seen !== undefined) checkOnce(mount, 'mountPath', seen, at.in('volumeMounts'), index, judgement);
      if (hasDevices) checkNoDevice(mount, container, at.in('volumeMounts').in(index), judgement);
    }
  }
  if (hasDevices) checkDevices(container, at, judgement, volumes);
}

function checkMount(mount: JsonObject, container: JsonObject, index: number, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const name = textIn(mount, 'name');
  if (name !== '' && !volumes.has(name)) refuseUnknown(name, at.in('volumeMounts').in(index), judgement, volumes);
  if (name !== '' && textIn(mount, 'mountPath') !== '' && !isSpecial(mount)) return;
  const place = at.in('volumeMounts').in(index);
  checkThere(mount, 'name', place, judgement, 'the mount has no name of a volume');
  checkThere(mount, 'mountPath', place, judgement, 'the mount has no mountPath');
  checkDescendingPath(mount, 'subPath', place, judgement);
  checkDescendingPath(mount, 'subPathExpr', place, judgement);
  if (textIn(mount, 'subPath') !== '' && textIn(mount, 'subPathExpr') !== '')
    clash(judgement, place.in('subPathExpr'), mount.subPathExpr, 'subPathExpr and subPath exclude each other');
  checkChoice(mount, 'mountPropagation', PROPAGATIONS, place, judgement);
  if (mount.mountPropagation === 'Bidirectional' && !mayBeTrue(objectIn(container, 'securityContext')?.privileged))
    clash(judgement, place.in('mountPropagation'), 'Bidirectional', 'mountPropagation Bidirectional is for privileged containers only');
  if (has(mount, 'recursiveReadOnly') && judgement.minor >= 31) checkRecursive(mount, place, judgement);
}

/** Whether a mount says more than which volume stands where. */
function isSpecial(mount: JsonObject): boolean {
  return (
    mount.subPath !== undefined ||
    mount.subPathExpr !== undefined ||
    mount.mountPropagation !== undefined ||
    mount.recursiveReadOnly !== undefined
  );
}

/** validateMountRecursiveReadOnly. */
function checkRecursive(mount: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(mount, 'recursiveReadOnly', READ_ONLY_DEPTHS, at, judgement);
  const depth = textIn(mount, 'recursiveReadOnly');
  if (depth !== 'Enabled' && depth !== 'IfPossible') return;
  if (!mayBeTrue(mount.readOnly)) clash(judgement, at.in('recursiveReadOnly'), depth, `recursiveReadOnly ${depth} needs readOnly: true`);
  const propagation = mount.mountPropagation;
  if (typeof propagation === 'string' && propagation !== 'None' && !isLeftToLater(propagation, judgement.verdict))
    clash(judgement, at.in('recursiveReadOnly'), depth, `recursiveReadOnly ${depth} may not stand with a mountPropagation other than None`);
}

function refuseUnknown(name: string, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  for (const known of volumes.keys())
    if (isLeftToLater(known, judgement.verdict)) {
      skip(judgement.verdict, RULE, 'the name of a volume has a variable that is filled in later');
      return;
    }
  const near = closest(name, [...volumes.keys()]);
  const hint = near === undefined ? '' : `, did you mean "${near}"?`;
  clash(judgement, at.in('name'), name, `the pod has no volume ${quote(name)}${hint}`, RULE);
}

/** A place in the container that two volumes cannot both have. `list`: of all, `index`: of this one. */
function checkOnce(item: JsonObject, key: string, seen: Set<string>, list: Place, index: number, judgement: Judgement): void {
  const path = textIn(item, key);
  if (!seen.has(path)) {
    seen.add(path);
    return;
  }
  if (path === '') return;
  const place = list.in(index);
  takeBackRepetition(judgement, place);
  invalid(judgement, place.in(key), path, `${key} ${quote(path)} is there twice in the container`, RULE);
}

/** What is a device of the container is no mount of it. */
function checkNoDevice(mount: JsonObject, container: JsonObject, at: Place, judgement: Judgement): void {
  const devices = listIn(container, 'volumeDevices');
  for (let index = 0; index < devices.length; index++) {
    const device = itemAt(devices, index);
    if (device === undefined) continue;
    if (device.name === mount.name) clash(judgement, at.in('name'), mount.name, `volume ${quote(mount.name)} is in volumeDevices, too`);
    if (device.devicePath === mount.mountPath)
      clash(judgement, at.in('mountPath'), mount.mountPath, `path ${quote(mount.mountPath)} is in volumeDevices, too`);
  }
}

function checkDevices(container: JsonObject, at: Place, judgement: Judgement, volumes: VolumeNames): void {
  const devices = listIn(container, 'volumeDevices');
  const paths = new Set<string>();
  const names = new Set<string>();
  for (let index = 0; index < devices.length; index++) {
    const device = itemAt(devices, index);
    if (device === undefined) continue;
    const list = at.in('volumeDevices');
    const place = list.in(index);
    const name = textIn(device, 'name');
    checkThere(device, 'name', place, judgement, 'the device has no name of a volume');
    checkThere(device, 'devicePath', place, judgement, 'the device has no devicePath');
    checkNoBacksteps(device, 'devicePath', place, judgement);
    checkOnce(device, 'devicePath', paths, list, index, judgement);
    if (name === '') continue;
    if (names.has(name)) invalid(judgement, place.in('name'), name, `volume ${quote(name)} is there twice in volumeDevices`, RULE);
    names.add(name);
    const volume = volumes.get(name);
    if (volume === undefined) refuseUnknown(name, place, judgement, volumes);
    else if (!has(volume, 'persistentVolumeClaim') && !has(volume, 'ephemeral'))
      clash(judgement, place.in('name'), name, `volume ${quote(name)} is no claim, and only claims can be block devices`);
  }
}
