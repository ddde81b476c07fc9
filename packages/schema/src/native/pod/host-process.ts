import { isObject, type JsonObject } from '@plumbline/core';
import { conflict } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, listIn, objectIn } from '../values.ts';
import { CONTAINER_LISTS, forEachContainer } from './pod-os.ts';

/** Windows containers with the rights of a process of the host: validateWindowsHostProcessPod. `at`: of the spec. */
export function checkHostProcess(spec: JsonObject, at: Place, judgement: Judgement): void {
  const ofPod = hostProcessOf(spec);
  if (ofPod === undefined && !isOfAContainer(spec)) return;
  let all = 0;
  let many = 0;
  forEachContainer(spec, at, (container, place) => {
    all++;
    const own = hostProcessOf(container);
    if (ofPod !== undefined && own !== undefined && own !== ofPod)
      conflict(
        judgement,
        place.in('securityContext').in('windowsOptions').in('hostProcess'),
        `hostProcess is ${own} here and ${ofPod} in the pod`,
        own,
      );
    if (own ?? ofPod) many++;
  });
  if (many === 0) return;
  if (many !== all) conflict(judgement, at.in('containers'), 'either all containers are hostProcess containers, or none');
  if (flagIn(spec, 'hostNetwork') !== true && (!has(spec, 'hostNetwork') || spec.hostNetwork === false))
    conflict(judgement, at.in('hostNetwork'), 'hostProcess containers need hostNetwork: true');
}

function isOfAContainer(spec: JsonObject): boolean {
  for (const list of CONTAINER_LISTS)
    for (const container of listIn(spec, list)) if (isObject(container) && hostProcessOf(container)) return true;
  return false;
}

function hostProcessOf(object: JsonObject): boolean | undefined {
  return flagIn(objectIn(objectIn(object, 'securityContext'), 'windowsOptions'), 'hostProcess');
}

/** A pod in a user namespace of its own shares no other namespace with the host: validateHostUsers. */
export function checkHostUsers(spec: JsonObject, at: Place, judgement: Judgement): void {
  if (flagIn(spec, 'hostUsers') !== false || judgement.minor < 33) return;
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (flagIn(spec, key)) conflict(judgement, at.in(key), `${key} and hostUsers: false exclude each other`);
  forEachContainer(spec, at, (container, place) => {
    if (Array.isArray(container.volumeDevices) && container.volumeDevices.length > 0)
      conflict(judgement, place.in('volumeDevices'), 'volumeDevices and hostUsers: false exclude each other');
  });
}
