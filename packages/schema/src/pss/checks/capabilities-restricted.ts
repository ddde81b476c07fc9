import { listIn, objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, quoteAll, sorted, type Violation } from '../check.ts';
import { isWindows, type Pod } from '../pod.ts';

const PATH = ['securityContext', 'capabilities'];
const overrides = ['capabilities_baseline'];

export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  rule: 'pss/capabilities-restricted',
  level: 'restricted',
  versions: [
    { since: 22, overrides, judge },
    { since: 25, overrides, judge: (pod) => (isWindows(pod) ? undefined : judge(pod)) },
  ],
};

function judge(pod: Pod): Violation | undefined {
  const added: string[] = [];
  const dropping = badContainers(pod, (container) => {
    const drop = listIn(objectIn(objectIn(container, 'securityContext'), 'capabilities'), 'drop');
    if (drop.includes('ALL')) return [];
    return drop.length > 0 ? [{ path: [...PATH, 'drop'] }] : [{ path: [...PATH, 'drop'], part: 'key' }];
  });
  const adding = badContainers(pod, (container) =>
    listIn(objectIn(objectIn(container, 'securityContext'), 'capabilities'), 'add').flatMap((one, index) => {
      if (one === 'NET_BIND_SERVICE') return [];
      added.push(String(one));
      return [{ path: [...PATH, 'add', index] }];
    }),
  );
  const details: string[] = [];
  if (dropping.names.length > 0) details.push(`${containersNamed(dropping.names)} must set securityContext.capabilities.drop=["ALL"]`);
  if (adding.names.length > 0)
    details.push(`${containersNamed(adding.names)} must not include ${quoteAll(sorted(added))} in securityContext.capabilities.add`);
  if (details.length === 0) return undefined;
  return { reason: 'unrestricted capabilities', detail: details.join('; '), spots: [...dropping.spots, ...adding.spots] };
}
