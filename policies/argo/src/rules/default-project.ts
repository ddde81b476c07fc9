import { member, type Problem, type ResourceRule } from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

/** Not in the recommended preset: where one team runs Argo CD for itself, the project "default" is no fault. */
export const rule: ResourceRule = {
  id: 'argo/default-project',
  title: 'An Application belongs to a project of its own',
  why: 'The project "default" permits every repository, cluster and kind: an Application in it may change anything.',
  remedy: 'Make an AppProject for the team with its repositories and namespaces, and name it in spec.project.',
  severity: 'warning',
  class: 'policy',
  set: 'strict',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  examples: { pass: application(['path: apps']), fail: application(['path: apps']).replace('project: shop', 'project: default') },
  kinds: [APPLICATION, APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const found = applicationSpec(resource);
    if (found === undefined) return;
    const project = member(found.spec, 'project');
    if (project === 'default') yield { path: [...found.path, 'project'], message: 'the project is "default", which permits everything' };
    else if ((project === undefined || project === null || project === '') && !found.mayGain)
      yield { path: found.path, part: 'key', message: 'no project: Argo CD takes "default", which permits everything' };
  },
};
