import { always, byConditions, first } from '../rule.ts';

export const job = first(
  byConditions(['Failed', 'True', 'Degraded'], ['Suspended', 'True', 'Suspended'], ['Complete', 'True', 'Healthy']),
  always('Progressing'),
);
