import { always, byConditions, first } from '../rule.ts';

export const customResourceDefinition = first(
  byConditions(
    ['Terminating', 'True', 'Progressing'],
    ['NamesAccepted', 'False', 'Degraded'],
    ['Established', 'False', 'Degraded'],
    ['NonStructuralSchema', 'True', 'Degraded'],
    ['Established', 'True', 'Healthy'],
  ),
  always('Progressing', 'waiting to be established'),
);
