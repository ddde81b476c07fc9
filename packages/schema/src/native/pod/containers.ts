import { isArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { duplicate, forbidden, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, textIn } from '../values.ts';
import { clash, takeBackRepetition } from './clash.ts';
import { checkContainer, type Home } from './container.ts';
import { itemAt } from './items.ts';
import { checkHostPorts } from './ports.ts';
import { checkProbes } from './probes.ts';
import { checkRestart, isSidecar } from './restart-rules.ts';

const NOT_OF_INIT = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** The containers of a pod: validateContainers, validateInitContainers, validateEphemeralContainers. `at`: of the spec. */
export function checkContainers(at: Place, judgement: Judgement, home: Home): void {
  const { spec } = home;
  const containers = listIn(spec, 'containers');
  if (containers.length === 0 && (!has(spec, 'containers') || isArray(spec.containers)))
    missing(judgement, at.in('containers'), 'the pod has no containers');
  for (let index = 0; index < containers.length; index++) {
    const container = itemAt(containers, index);
    if (container === undefined) continue;
    const place = at.in('containers').in(index);
    checkContainer(container, true, place, judgement, home);
    if (index > 0) checkName(container, containers, index, place, judgement);
    checkProbes(container, place, judgement, home.grace);
    checkRestart(container, false, place, judgement);
  }
  checkHostPorts(spec, 'containers', at, judgement, home.isPod);
  if (has(spec, 'initContainers')) checkInitContainers(containers, at, judgement, home);
  if (has(spec, 'ephemeralContainers') && listIn(spec, 'ephemeralContainers').length > 0)
    forbidden(
      judgement,
      at.in('ephemeralContainers'),
      'ephemeral containers are added to a running pod (kubectl debug), they cannot be created with it',
      'k8s/ephemeral-containers',
    );
}

function checkInitContainers(others: readonly JsonValue[], at: Place, judgement: Judgement, home: Home): void {
  const containers = listIn(home.spec, 'initContainers');
  for (let index = 0; index < containers.length; index++) {
    const container = itemAt(containers, index);
    if (container === undefined) continue;
    const runsOn = isSidecar(container);
    const place = at.in('initContainers').in(index);
    checkContainer(container, runsOn, place, judgement, home);
    checkRestart(container, true, place, judgement);
    if (!checkName(container, others, others.length, place, judgement)) checkName(container, containers, index, place, judgement);
    if (runsOn) checkProbes(container, place, judgement, home.grace);
    else if (!isLeftToLater(textIn(container, 'restartPolicy'), judgement.verdict)) checkEnds(container, place, judgement);
  }
  checkHostPorts(home.spec, 'initContainers', at, judgement, home.isPod);
}

/** Says so where one of the first `count` containers has the same name. */
function checkName(container: JsonObject, others: readonly JsonValue[], count: number, at: Place, judgement: Judgement): boolean {
  const name = textIn(container, 'name');
  if (name === '') return false;
  for (let index = 0; index < count; index++) {
    if (itemAt(others, index)?.name !== name) continue;
    takeBackRepetition(judgement, at);
    duplicate(judgement, at.in('name'), name, `container name ${quote(name)} is there twice`, 'wl/duplicate-container-name');
    return true;
  }
  return false;
}

/** An init container that ends before the others begin is not watched. */
function checkEnds(container: JsonObject, at: Place, judgement: Judgement): void {
  for (const key of NOT_OF_INIT)
    if (has(container, key) && !isDropped(key, container, judgement))
      clash(judgement, at.in(key), undefined, `${key} is for containers that run on: an init container needs restartPolicy: Always for it`);
}

/** A lifecycle of nothing but a stopSignal drops out, since the feature is off. */
function isDropped(key: string, container: JsonObject, judgement: Judgement): boolean {
  const lifecycle = container.lifecycle;
  if (key !== 'lifecycle' || judgement.minor < 33 || typeof lifecycle !== 'object' || lifecycle === null || isArray(lifecycle))
    return false;
  return has(lifecycle, 'stopSignal') && !has(lifecycle, 'postStart') && !has(lifecycle, 'preStop');
}
