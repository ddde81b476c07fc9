import { isObject, listAt, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const full = ['syncPolicy:', '  automated:', '    prune: true', '    selfHeal: true'];

export const rule: ResourceRule = {
  id: 'argo/sync-policy',
  title: 'An automatic sync deletes, mends, and keeps the last object',
  why: 'Without "prune" what left Git keeps running; without "selfHeal" a change by hand stays until the next commit; with "allowEmpty" an empty folder deletes everything.',
  remedy: 'Set prune and selfHeal to true under syncPolicy.automated, and take allowEmpty away.',
  severity: 'info',
  class: 'quality',
  set: 'strict',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/',
  examples: {
    pass: application(['path: apps'], full).replace('  namespace: argocd', `  namespace: argocd\n  finalizers:\n    - ${FINALIZER}`),
    fail: application(['path: apps'], ['syncPolicy:', '  automated: {}']),
  },
  kinds: [APPLICATION, APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const found = applicationSpec(resource);
    const automated = found === undefined ? undefined : valueAt(found.spec, ['syncPolicy', 'automated']);
    if (found === undefined || !isObject(automated) || member(automated, 'enabled') === false) return;
    const path = [...found.path, 'syncPolicy', 'automated'];
    const lacks = ['prune', 'selfHeal'].filter((field) => {
      const value = member(automated, field);
      return value === false || (value === undefined && !found.mayGain);
    });
    if (lacks.length > 0)
      yield { path, part: 'key', message: `the automatic sync has no ${lacks.map((field) => `"${field}"`).join(' and no ')}` };
    if (member(automated, 'allowEmpty') === true)
      yield { path: [...path, 'allowEmpty'], message: 'an empty folder deletes everything that the Application has applied' };
    if (member(automated, 'prune') !== true || found.isTemplate || found.mayGain) return;
    const hasFinalizer = listAt(resource, ['metadata', 'finalizers']).some(
      (entry) => typeof entry === 'string' && entry.startsWith(FINALIZER),
    );
    if (!hasFinalizer)
      yield { path: ['metadata'], part: 'key', message: `without the finalizer "${FINALIZER}" the objects of a deleted Application stay` };
  },
};
