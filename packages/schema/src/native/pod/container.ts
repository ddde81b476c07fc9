import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkContainerSecurity } from './container-security.ts';
import { checkEnv } from './env.ts';
import { respelt } from './mend.ts';
import { checkMounts } from './mounts.ts';
import { checkPorts } from './ports.ts';
import { checkResizePolicy } from './resize-policy.ts';
import { checkClaims, checkRequirements } from './resources.ts';
import type { VolumeNames } from './volumes.ts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'] as const;

/** The pod around a container. */
export interface Home {
  readonly spec: JsonObject;
  readonly volumes: VolumeNames;
  /** A Pod itself, not a template. */
  readonly isPod: boolean;
  /** Seconds that the pod has to end. */
  readonly grace: number;
}

/** What every container must be, whenever it runs: validateContainerCommon. `runsOn`: beside the others, not before them. */
export function checkContainer(container: JsonObject, runsOn: boolean, at: Place, judgement: Judgement, home: Home): void {
  const name = textIn(container, 'name');
  const fault = name === '' ? undefined : nameFault(name, 'label');
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `container name ${quote(name)} ${fault}`, 'meta/name-invalid');
  if (name === '') checkThere(container, 'name', at, judgement, 'the container has no name');
  checkImage(container, at, judgement, home.isPod);
  if (has(container, 'imagePullPolicy')) checkChoice(container, 'imagePullPolicy', PULL_POLICIES, at, judgement, 'absent');
  if (has(container, 'terminationMessagePolicy'))
    checkChoice(container, 'terminationMessagePolicy', MESSAGE_POLICIES, at, judgement, 'absent');
  if (has(container, 'ports')) checkPorts(container, at, judgement);
  checkEnv(container, at, judgement, home.volumes);
  checkMounts(container, at, judgement, home.volumes);
  const resources = objectIn(container, 'resources');
  if (resources !== undefined) {
    checkRequirements(resources, 'container', at.in('resources'), judgement);
    checkClaims(resources, home.spec, at.in('resources'), judgement);
  }
  if (has(container, 'resizePolicy')) checkResizePolicy(container, home.spec, runsOn, at, judgement);
  checkContainerSecurity(container, home.spec, at, judgement);
}

function checkImage(container: JsonObject, at: Place, judgement: Judgement, isPod: boolean): void {
  const image = textIn(container, 'image');
  if (image === '') checkThere(container, 'image', at, judgement, 'the container has no image');
  // A template may have white space there, which comes out when a pod is made of it.
  else if (isPod && image !== image.trim()) {
    const place = at.in('image');
    const message = `image ${quote(image)} has white space around it`;
    const mend = image.trim() === '' ? {} : respelt(place, image, image.trim(), 'remove the white space');
    invalid(judgement, place, image, message, 'img/reference-invalid', mend);
  }
}
