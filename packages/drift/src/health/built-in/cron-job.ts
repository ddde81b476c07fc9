import { valueAt } from '@plumbline/core';
import { always, first, when } from '../rule.ts';

/** Its jobs have a health of their own. */
export const cronJob = first(
  when((object) => valueAt(object, ['spec', 'suspend']) === true, 'Suspended'),
  always('Healthy'),
);
