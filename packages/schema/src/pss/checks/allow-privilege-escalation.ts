import { objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, type Violation } from '../check.ts';
import { isWindows, type Pod } from '../pod.ts';

const PATH = ['securityContext', 'allowPrivilegeEscalation'];

export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  rule: 'pss/privilege-escalation',
  level: 'restricted',
  versions: [
    { since: 8, judge },
    { since: 25, judge: (pod) => (isWindows(pod) ? undefined : judge(pod)) },
  ],
};

function judge(pod: Pod): Violation | undefined {
  const { names, spots } = badContainers(pod, (container) => {
    const value = objectIn(container, 'securityContext')?.allowPrivilegeEscalation;
    return value === false ? [] : value === true ? [{ path: PATH }] : [{ path: PATH, part: 'key' }];
  });
  if (names.length === 0) return undefined;
  const detail = `${containersNamed(names)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail, spots };
}
