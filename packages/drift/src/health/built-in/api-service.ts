import { always, byConditions, first } from '../rule.ts';

export const apiService = first(
  byConditions(['Available', 'True', 'Healthy'], ['Available', 'False', 'Progressing']),
  always('Progressing', 'waiting to be processed'),
);
