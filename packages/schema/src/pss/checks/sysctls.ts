import { objectsIn, textIn } from '../../native/values.ts';
import type { Check, Violation } from '../check.ts';
import type { Pod } from '../pod.ts';

/** Settings that are of the pod alone, by the minor that first called them safe. */
const SAFE: readonly (readonly [since: number, names: readonly string[]])[] = [
  [
    0,
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  ],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [29, ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes']],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']],
];

export const sysctls: Check = {
  id: 'sysctls',
  rule: 'pss/sysctls',
  level: 'baseline',
  versions: SAFE.map(([since]) => ({ since, judge: (pod) => judge(pod, since) })),
};

function judge({ securityContext, path }: Pod, minor: number): Violation | undefined {
  const isSafe = (name: string): boolean => SAFE.some(([since, names]) => since <= minor && names.includes(name));
  const bad = [...objectsIn(securityContext, 'sysctls')].filter(([one]) => !isSafe(textIn(one, 'name')));
  if (bad.length === 0) return undefined;
  return {
    reason: 'forbidden sysctls',
    detail: bad.map(([one]) => textIn(one, 'name')).join(', '),
    spots: bad.map(([, index]) => ({ path: [...path, 'securityContext', 'sysctls', index, 'name'] })),
  };
}
