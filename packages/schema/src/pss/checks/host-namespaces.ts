import type { Check } from '../check.ts';

export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  rule: 'pss/host-namespaces',
  level: 'baseline',
  versions: [
    {
      since: 0,
      judge({ spec, path }) {
        const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => spec[key] === true);
        if (shared.length === 0) return undefined;
        const detail = shared.map((key) => `${key}=true`).join(', ');
        return { reason: 'host namespaces', detail, spots: shared.map((key) => ({ path: [...path, key] })) };
      },
    },
  ],
};
