import { numberIn, objectIn } from '../../native/values.ts';
import { badContainers, type Check, settersOf, type Violation } from '../check.ts';
import { hasUserNamespace, type Pod } from '../pod.ts';

const PATH = ['securityContext', 'runAsUser'];

export const runAsUser: Check = {
  id: 'runAsUser',
  rule: 'pss/run-as-user-zero',
  level: 'restricted',
  versions: [
    { since: 23, judge },
    { since: 35, judge: (pod) => (hasUserNamespace(pod) ? undefined : judge(pod)) },
  ],
};

function judge(pod: Pod): Violation | undefined {
  const isPodBad = numberIn(pod.securityContext, 'runAsUser') === 0;
  const { names, spots } = badContainers(pod, (container) =>
    numberIn(objectIn(container, 'securityContext'), 'runAsUser') === 0 ? [{ path: PATH }] : [],
  );
  const setters = settersOf(isPodBad, names);
  if (setters.length === 0) return undefined;
  return {
    reason: 'runAsUser=0',
    detail: `${setters.join(' and ')} must not set runAsUser=0`,
    spots: [...(isPodBad ? [{ path: [...pod.path, ...PATH] }] : []), ...spots],
  };
}
