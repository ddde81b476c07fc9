import { isWritten, mayGainFields, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { APPLICATION_SET } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'argo/appset-preserve',
  title: 'An ApplicationSet says what becomes of its Applications',
  why: 'An ApplicationSet that is deleted, or a generator that finds nothing for a moment, deletes its Applications and all that they have applied.',
  remedy: 'Set syncPolicy.preserveResourcesOnDeletion, or a syncPolicy.applicationsSync that does not delete (create-update).',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/',
  examples: {
    pass: example('ApplicationSet', ['generators: []', 'syncPolicy:', '  applicationsSync: create-update']),
    fail: example('ApplicationSet', ['generators: []']),
  },
  kinds: [APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    if (valueAt(resource.object, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true || mayGainFields(resource)) return;
    const sync = valueAt(resource.object, ['spec', 'syncPolicy', 'applicationsSync']);
    if (sync === 'create-only' || sync === 'create-update') return;
    const path = isWritten(resource, ['spec', 'syncPolicy']) ? ['spec', 'syncPolicy'] : ['spec'];
    yield { path, part: 'key', message: 'its Applications, and what they applied, are deleted with it' };
  },
};
