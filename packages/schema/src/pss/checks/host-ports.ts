import { numberIn, objectsIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, plural, type Spot, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

export const hostPorts: Check = { id: 'hostPorts', rule: 'pss/host-ports', level: 'baseline', versions: [{ since: 0, judge }] };

function judge(pod: Pod): Violation | undefined {
  // On the network of the node every port is one of the node: SetDefaults_Pod, which a template does not get.
  const isOnHost = pod.isPod && pod.spec.hostNetwork === true;
  const used: string[] = [];
  const { names, spots } = badContainers(pod, (container) => {
    const found: Spot[] = [];
    for (const [port, index] of objectsIn(container, 'ports')) {
      const written = numberIn(port, 'hostPort') ?? 0;
      const number = written !== 0 || !isOnHost ? written : (numberIn(port, 'containerPort') ?? 0);
      if (number === 0) continue;
      used.push(String(number));
      found.push(written === 0 ? { path: [], part: 'key' } : { path: ['ports', index, 'hostPort'] });
    }
    return found;
  });
  if (names.length === 0) return undefined;
  const numbers = sorted(used);
  const ports = `${plural('hostPort', 'hostPorts', numbers.length)} ${numbers.join(', ')}`;
  const detail = `${containersNamed(names)} ${plural('uses', 'use', names.length)} ${ports}`;
  // Those that nobody wrote come with hostNetwork, which is said where it stands.
  return { reason: 'hostPort', detail, spots: spots.filter(({ part }) => part !== 'key') };
}
