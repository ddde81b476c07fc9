import type { JsonObject } from '@plumbline/core';
import { has, objectIn, textIn } from '../../native/values.ts';
import { badContainers, containersNamed, quoteAll, settersOf, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

const PATH = ['securityContext', 'seccompProfile', 'type'];

/** Profiles that somebody chose and may not; both levels say it alike. */
export function chosenBadly(pod: Pod): Violation | undefined {
  const types: string[] = [];
  const isBad = (context: JsonObject | undefined): boolean => {
    if (!has(context, 'seccompProfile') || isGood(context)) return false;
    types.push(textIn(objectIn(context, 'seccompProfile'), 'type'));
    return true;
  };
  const isPodBad = isBad(pod.securityContext);
  const { names, spots } = badContainers(pod, (container) => (isBad(objectIn(container, 'securityContext')) ? [{ path: PATH }] : []));
  const setters = settersOf(isPodBad, names);
  if (setters.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${quoteAll(sorted(types))}`,
    spots: [...(isPodBad ? [{ path: [...pod.path, ...PATH] }] : []), ...spots],
  };
}

/** Containers for which nobody chose a profile. */
export function notChosen(pod: Pod): Violation | undefined {
  if (has(pod.securityContext, 'seccompProfile') && isGood(pod.securityContext)) return undefined;
  const { names, spots } = badContainers(pod, (container) =>
    has(objectIn(container, 'securityContext'), 'seccompProfile') ? [] : [{ path: PATH.slice(0, 2), part: 'key' }],
  );
  if (names.length === 0) return undefined;
  const detail = `pod or ${containersNamed(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
  return { reason: 'seccompProfile', detail, spots };
}

function isGood(context: JsonObject | undefined): boolean {
  const type = textIn(objectIn(context, 'seccompProfile'), 'type');
  return type === 'RuntimeDefault' || type === 'Localhost';
}
