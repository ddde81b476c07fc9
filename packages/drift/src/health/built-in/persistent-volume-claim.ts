import { always, byText, first } from '../rule.ts';

export const persistentVolumeClaim = first(
  byText(['status', 'phase'], { Healthy: ['Bound'], Progressing: ['Pending'], Degraded: ['Lost'] }),
  always('Unknown'),
);
