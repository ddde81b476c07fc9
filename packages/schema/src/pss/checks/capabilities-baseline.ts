import { listIn, objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, quoteAll, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  rule: 'pss/capabilities-baseline',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};

/** What container runtimes give by default. */
const ALLOWED: readonly unknown[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

function judge(pod: Pod): Violation | undefined {
  const added: string[] = [];
  const { names, spots } = badContainers(pod, (container) =>
    listIn(objectIn(objectIn(container, 'securityContext'), 'capabilities'), 'add').flatMap((one, index) => {
      if (ALLOWED.includes(one)) return [];
      added.push(String(one));
      return [{ path: ['securityContext', 'capabilities', 'add', index] }];
    }),
  );
  if (names.length === 0) return undefined;
  const detail = `${containersNamed(names)} must not include ${quoteAll(sorted(added))} in securityContext.capabilities.add`;
  return { reason: 'non-default capabilities', detail, spots };
}
