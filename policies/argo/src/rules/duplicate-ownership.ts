import type { NotEvaluated, Problem, ResourceRule } from '@plumbline/core';
import { application } from '../examples.ts';
import { APPLICATION } from '../kinds.ts';
import { sameApplication } from '../same-application.ts';

/** Two folders that share a file are left to the builds; here are Applications that apply the very same thing to the same place. */
export const rule: ResourceRule = {
  id: 'argo/duplicate-ownership',
  title: 'Two Applications do not apply the same thing to the same place',
  why: 'Each sync of one takes the objects from the other: both are out of sync in turn, and whichever is deleted deletes them.',
  remedy: 'Delete one of the two, or give it another path, namespace or name of the release.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',
  examples: {
    pass: `${application(['path: apps'])}---\n${application(['path: more']).replace('name: shop', 'name: more')}`,
    fail: `${application(['path: apps'])}---\n${application(['path: ./apps/']).replace('name: shop', 'name: more')}`,
  },
  kinds: [APPLICATION],
  scope: 'unit',
  *check(resource, { inventory }): Iterable<Problem | NotEvaluated> {
    const other = sameApplication(resource, inventory);
    if (other === undefined) return;
    yield {
      path: ['metadata', 'name'],
      message: `Application "${other.name}" applies the same to the same place`,
      related: [{ resource: other, path: ['metadata', 'name'], message: 'this Application has the same sources and destination' }],
    };
  },
};
