import type { JsonObject } from '@plumbline/core';
import { has, objectIn, textIn } from '../../native/values.ts';
import { badContainers, type Check, plural, quoteAll, type Spot, settersOf, sorted, type Violation } from '../check.ts';
import { isWindows, type Pod } from '../pod.ts';

const PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const PATH = ['securityContext', 'appArmorProfile', 'type'];

export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  rule: 'pss/apparmor',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};

function judge(pod: Pod): Violation | undefined {
  const values: string[] = [];
  const ofPod = badType(pod.securityContext);
  if (ofPod !== undefined) values.push(ofPod);
  const bad = badContainers(pod, (container) => {
    const context = objectIn(container, 'securityContext');
    const type = badType(context) ?? (has(context, 'appArmorProfile') ? undefined : fromAnnotation(pod, textIn(container, 'name')));
    if (type === undefined) return [];
    values.push(type);
    return has(context, 'appArmorProfile') ? [{ path: PATH }] : [{ path: [], part: 'key' }];
  });
  const annotations = Object.keys(pod.annotations ?? {})
    .filter((key) => key.startsWith(PREFIX) && !isAllowedAnnotation(textIn(pod.annotations, key)))
    .sort();
  const setters = settersOf(ofPod !== undefined, bad.names);
  if (annotations.length > 0) setters.push(plural('annotation', 'annotations', annotations.length));
  if (setters.length === 0) return undefined;
  const shown = [...sorted(values), ...annotations.map((key) => `${key}=${JSON.stringify(textIn(pod.annotations, key))}`)];
  const spots: Spot[] = [
    ...(ofPod === undefined ? [] : [{ path: [...pod.path, ...PATH] }]),
    // What only an annotation says stands there.
    ...bad.spots.filter(({ part }) => part !== 'key'),
    ...annotations.map((key) => ({ path: [...pod.annotationsPath, key] })),
  ];
  return {
    reason: plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', shown.length),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoteAll(shown)}`,
    spots,
  };
}

function badType(context: JsonObject | undefined): string | undefined {
  if (!has(context, 'appArmorProfile')) return undefined;
  const type = textIn(objectIn(context, 'appArmorProfile'), 'type');
  return type === 'RuntimeDefault' || type === 'Localhost' ? undefined : type;
}

/** The server makes a field of the annotation of a Pod, unless the pod has the same profile: applyAppArmorVersionSkew. */
function fromAnnotation(pod: Pod, name: string): string | undefined {
  if (!pod.isPod || isWindows(pod) || textIn(pod.annotations, PREFIX + name) !== 'unconfined') return undefined;
  return textIn(objectIn(pod.securityContext, 'appArmorProfile'), 'type') === 'Unconfined' ? undefined : 'Unconfined';
}

function isAllowedAnnotation(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}
