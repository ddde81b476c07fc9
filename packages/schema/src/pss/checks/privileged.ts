import { objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed } from '../check.ts';

export const privileged: Check = {
  id: 'privileged',
  rule: 'pss/privileged',
  level: 'baseline',
  versions: [
    {
      since: 0,
      judge(pod) {
        const { names, spots } = badContainers(pod, (container) =>
          objectIn(container, 'securityContext')?.privileged === true ? [{ path: ['securityContext', 'privileged'] }] : [],
        );
        if (names.length === 0) return undefined;
        return { reason: 'privileged', detail: `${containersNamed(names)} must not set securityContext.privileged=true`, spots };
      },
    },
  ],
};
