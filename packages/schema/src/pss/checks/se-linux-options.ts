import type { JsonObject } from '@plumbline/core';
import { objectIn, textIn } from '../../native/values.ts';
import { badContainers, type Check, plural, quoteAll, type Spot, settersOf, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const PATH = ['securityContext', 'seLinuxOptions'];

export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  rule: 'pss/selinux',
  level: 'baseline',
  versions: [
    { since: 0, judge: (pod) => judge(pod, TYPES) },
    { since: 31, judge: (pod) => judge(pod, [...TYPES, 'container_engine_t']) },
  ],
};

function judge(pod: Pod, allowed: readonly string[]): Violation | undefined {
  const types: string[] = [];
  let hasUser = false;
  let hasRole = false;
  const faults = (context: JsonObject | undefined): readonly Spot[] => {
    const options = objectIn(context, 'seLinuxOptions');
    const found: Spot[] = [];
    const type = textIn(options, 'type');
    if (!allowed.includes(type)) {
      types.push(type);
      found.push({ path: [...PATH, 'type'] });
    }
    if (textIn(options, 'user') !== '') {
      hasUser = true;
      found.push({ path: [...PATH, 'user'] });
    }
    if (textIn(options, 'role') !== '') {
      hasRole = true;
      found.push({ path: [...PATH, 'role'] });
    }
    return found;
  };
  const ofPod = faults(pod.securityContext).map((spot) => ({ path: [...pod.path, ...spot.path] }));
  const { names, spots } = badContainers(pod, (container) => faults(objectIn(container, 'securityContext')));
  const setters = settersOf(ofPod.length > 0, names);
  if (setters.length === 0) return undefined;
  const different = sorted(types);
  const data = [
    ...(different.length === 0 ? [] : [`${plural('type', 'types', different.length)} ${quoteAll(different)}`]),
    ...(hasUser ? ['user may not be set'] : []),
    ...(hasRole ? ['role may not be set'] : []),
  ];
  return {
    reason: 'seLinuxOptions',
    detail: `${setters.join(' and ')} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
    spots: [...ofPod, ...spots],
  };
}
