import { has, objectsIn, textIn } from '../../native/values.ts';
import { type Check, plural, quoteAll } from '../check.ts';

export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  rule: 'pss/host-path',
  level: 'baseline',
  versions: [
    {
      since: 0,
      judge({ spec, path }) {
        const bad = [...objectsIn(spec, 'volumes')].filter(([volume]) => has(volume, 'hostPath'));
        if (bad.length === 0) return undefined;
        const names = bad.map(([volume]) => textIn(volume, 'name'));
        return {
          reason: 'hostPath volumes',
          detail: `${plural('volume', 'volumes', bad.length)} ${quoteAll(names)}`,
          spots: bad.map(([, index]) => ({ path: [...path, 'volumes', index, 'hostPath'] })),
        };
      },
    },
  ],
};
