import type { JsonObject } from '@plumbline/core';
import { objectIn, textIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, plural, quoteAll, type Spot, sorted, type Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

export const hostProbes: Check = {
  id: 'hostProbesAndHostLifecycle',
  rule: 'pss/host-probes-lifecycle',
  level: 'baseline',
  versions: [{ since: 34, judge }],
};

const HANDLERS = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];

function judge(pod: Pod): Violation | undefined {
  const hosts: string[] = [];
  const bad = badContainers(pod, (container) => {
    const found: Spot[] = [];
    for (const path of HANDLERS) {
      const handler = path.reduce((at: JsonObject | undefined, key) => objectIn(at, key), container);
      for (const action of ['httpGet', 'tcpSocket']) {
        const host = textIn(objectIn(handler, action), 'host');
        if (host === '') continue;
        hosts.push(host);
        found.push({ path: [...path, action, 'host'] });
      }
    }
    return found;
  });
  if (hosts.length === 0) return undefined;
  const names = sorted(bad.names);
  const different = sorted(hosts);
  const what = plural('probe or lifecycle host', 'probe or lifecycle hosts', different.length);
  const detail = `${containersNamed(names)} ${plural('uses', 'use', names.length)} ${what} ${quoteAll(different)}`;
  return { reason: 'probe or lifecycle host', detail, spots: bad.spots };
}
