import type { JsonObject } from '@plumbline/core';
import { objectIn } from '../../native/values.ts';
import { badContainers, type Check, settersOf, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

const PATH = ['securityContext', 'windowsOptions', 'hostProcess'];

export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  rule: 'pss/host-process',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};

function judge(pod: Pod): Violation | undefined {
  const isBad = (context: JsonObject | undefined): boolean => objectIn(context, 'windowsOptions')?.hostProcess === true;
  const isPodBad = isBad(pod.securityContext);
  const { names, spots } = badContainers(pod, (container) => (isBad(objectIn(container, 'securityContext')) ? [{ path: PATH }] : []));
  const setters = settersOf(isPodBad, names);
  if (setters.length === 0) return undefined;
  return {
    reason: 'hostProcess',
    detail: `${setters.join(' and ')} must not set securityContext.windowsOptions.hostProcess=true`,
    spots: [...(isPodBad ? [{ path: [...pod.path, ...PATH] }] : []), ...spots],
  };
}
