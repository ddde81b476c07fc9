import { isObject, type JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { objectIn, textIn } from '../values.ts';
import { clash } from './clash.ts';
import { forEachContainer } from './pod-os.ts';

// Profiles of seccomp and AppArmor as annotations named them before fields did.

export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
export const SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/';
export const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const LOCAL = 'localhost/';
const DEFAULTS = ['runtime/default', 'docker/default'] as const;

/**
 * One annotation with a profile: that it is one and that the fields say the same.
 * ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations, validateSeccompAnnotationsAndFields and its like. `at`: of the Pod or template.
 */
export function checkProfileAnnotation(
  key: string,
  value: string,
  spec: JsonObject,
  at: Place,
  judgement: Judgement,
  isPod: boolean,
): void {
  const place = at.in('metadata').in('annotations').in(key);
  const specPlace = at.in('spec');
  if (key.startsWith(APPARMOR)) {
    checkAppArmor(key.slice(APPARMOR.length), value, spec, place, specPlace, judgement, isPod);
    return;
  }
  const fault = seccompFault(value);
  if (fault !== undefined) invalid(judgement, place, value, `seccomp profile ${quote(value)} ${fault}`);
  const judgeOne = (owner: JsonObject, ownerPlace: Place): void => {
    const profile = profileOf(owner, 'seccompProfile');
    if (profile !== undefined) compare(profile, value, DEFAULTS, ownerPlace.in('securityContext').in('seccompProfile'), key, judgement);
  };
  if (key === SECCOMP_POD) judgeOne(spec, specPlace);
  else
    forEachContainer(spec, specPlace, (container, ownerPlace) => {
      if (container.name === key.slice(SECCOMP.length)) judgeOne(container, ownerPlace);
    });
}

function seccompFault(value: string): string | undefined {
  if (value === 'runtime/default' || value === 'docker/default' || value === 'unconfined') return undefined;
  if (!value.startsWith(LOCAL)) return 'is none of runtime/default, unconfined and localhost/PATH';
  const path = value.slice(LOCAL.length);
  return path.startsWith('/') || path.split('/').includes('..') ? 'has a path that starts with "/" or has ".." in it' : undefined;
}

function checkAppArmor(
  name: string,
  value: string,
  spec: JsonObject,
  place: Place,
  specPlace: Place,
  judgement: Judgement,
  isPod: boolean,
): void {
  const isNamed = value === 'runtime/default' || value === 'unconfined';
  if (value !== '' && !isNamed && !value.startsWith(LOCAL))
    invalid(judgement, place, value, `AppArmor profile ${quote(value)} is none of runtime/default, unconfined and localhost/NAME`);
  const ofPod = profileOf(spec, 'appArmorProfile');
  const isWindows = textIn(objectIn(spec, 'os'), 'name') === 'windows';
  let isFound = false;
  forEachContainer(spec, specPlace, (container, ownerPlace) => {
    if (container.name !== name) return;
    isFound = true;
    const own = profileOf(container, 'appArmorProfile');
    // In a Pod the server makes a field of an annotation that is one.
    const isTaken = isPod && own === undefined && (isNamed || (value.startsWith(LOCAL) && value !== LOCAL));
    const profile = own ?? ofPod;
    if (profile !== undefined && !isTaken && !isWindows)
      compare(profile, value, ['runtime/default'], ownerPlace.in('securityContext').in('appArmorProfile'), place.path().at(-1), judgement);
  });
  if (!isFound) clash(judgement, place, name, `the pod has no container ${quote(name)}`);
}

function profileOf(owner: JsonObject, key: 'seccompProfile' | 'appArmorProfile'): JsonObject | undefined {
  const profile = objectIn(owner, 'securityContext')?.[key];
  return isObject(profile) ? profile : undefined;
}

function compare(profile: JsonObject, value: string, defaults: readonly string[], at: Place, key: unknown, judgement: Judgement): void {
  if (!saysTheSame(profile, value, defaults) && !isLeftToLater(textIn(profile, 'localhostProfile'), judgement.verdict))
    clash(judgement, at.in('type'), value, `the profile is not that of annotation ${String(key)}, ${quote(value)}: drop the annotation`);
}

/** A profile of an unknown type is said to be wrong elsewhere. */
function saysTheSame(profile: JsonObject, value: string, defaults: readonly string[]): boolean {
  switch (profile.type) {
    case 'Unconfined':
      return value === 'unconfined';
    case 'RuntimeDefault':
      return defaults.includes(value);
    case 'Localhost':
      return value.startsWith(LOCAL) && value.slice(LOCAL.length) === profile.localhostProfile;
    default:
      return true;
  }
}
