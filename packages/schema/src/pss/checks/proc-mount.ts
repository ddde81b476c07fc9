import { objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, quoteAll, sorted, type Violation } from '../check.ts';
import { hasUserNamespace, type Pod } from '../pod.ts';

export const procMountBaseline: Check = {
  id: 'procMount',
  rule: 'pss/proc-mount',
  level: 'baseline',
  versions: [
    { since: 0, judge },
    { since: 35, judge: (pod) => (hasUserNamespace(pod) ? undefined : judge(pod)) },
  ],
};

/** What baseline lets go from 1.35 on, restricted does not. */
export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  rule: 'pss/proc-mount',
  level: 'restricted',
  versions: [{ since: 35, overrides: ['procMount'], judge }],
};

function judge(pod: Pod): Violation | undefined {
  const types: string[] = [];
  const { names, spots } = badContainers(pod, (container) => {
    const type = objectIn(container, 'securityContext')?.procMount;
    if (typeof type !== 'string' || type === 'Default') return [];
    types.push(type);
    return [{ path: ['securityContext', 'procMount'] }];
  });
  if (names.length === 0) return undefined;
  const detail = `${containersNamed(names)} must not set securityContext.procMount to ${quoteAll(sorted(types))}`;
  return { reason: 'procMount', detail, spots };
}
