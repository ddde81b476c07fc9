import type { JsonObject } from '@plumbline/core';
import { conflict } from '../forms.ts';
import { type Judgement, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, listIn, objectIn, objectsIn, textIn } from '../values.ts';

export const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** What a pod on Windows may not say in its securityContext, and a container in its own. */
const NOT_OF_WINDOWS_PODS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const NOT_OF_WINDOWS_CONTAINERS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

/** spec.os, and what each of the two forbids: validateOS, validateLinux, validateWindows. `at`: of the spec. */
export function checkOs(spec: JsonObject, at: Place, judgement: Judgement): void {
  const name = textIn(objectIn(spec, 'os'), 'name');
  if (name === 'linux') checkLinux(spec, at, judgement);
  else if (name === 'windows') checkWindows(spec, at, judgement);
  else if (name !== '') unsupported(judgement, at.in('os').in('name'), name, ['linux', 'windows'], 'the operating system');
}

function checkLinux(spec: JsonObject, at: Place, judgement: Judgement): void {
  forbidIn(spec, ['windowsOptions'], 'linux', at, judgement);
  forEachContainer(spec, at, (container, place) => forbidIn(container, ['windowsOptions'], 'linux', place, judgement));
}

function checkWindows(spec: JsonObject, at: Place, judgement: Judgement): void {
  forbidIn(spec, NOT_OF_WINDOWS_PODS, 'windows', at, judgement);
  for (const key of ['hostUsers', 'shareProcessNamespace']) if (has(spec, key)) conflict(judgement, at.in(key), messageOf(key, 'windows'));
  for (const key of ['hostPID', 'hostIPC']) if (flagIn(spec, key)) conflict(judgement, at.in(key), messageOf(key, 'windows'));
  forEachContainer(spec, at, (container, place) => forbidIn(container, NOT_OF_WINDOWS_CONTAINERS, 'windows', place, judgement));
}

function forbidIn(object: JsonObject, keys: readonly string[], os: string, at: Place, judgement: Judgement): void {
  const context = objectIn(object, 'securityContext');
  if (context === undefined) return;
  for (const key of keys) {
    if (!has(context, key) || (key === 'sysctls' && listIn(context, key).length === 0)) continue;
    conflict(judgement, at.in('securityContext').in(key), messageOf(key, os));
  }
}

function messageOf(key: string, os: string): string {
  return `${key} may not stand in a pod whose os is ${os}`;
}

export function forEachContainer(spec: JsonObject, at: Place, visit: (container: JsonObject, place: Place) => void): void {
  for (const list of CONTAINER_LISTS) for (const [container, index] of objectsIn(spec, list)) visit(container, at.in(list).in(index));
}
