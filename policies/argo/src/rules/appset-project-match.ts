import { isPlain, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { APPLICATION_SET } from '../kinds.ts';

const path = ['spec', 'template', 'spec', 'project'];

export const rule: ResourceRule = {
  id: 'argo/appset-project-match',
  title: 'An ApplicationSet bears the name of its project',
  why: 'Where each team has a set and a project of one name, a set that names the project of another team takes its rights.',
  remedy: 'Name the project as the set, or the set as the project.',
  severity: 'info',
  class: 'policy',
  set: 'optional',
  examples: {
    pass: example('ApplicationSet', ['generators: []', 'template:', '  spec:', '    project: shop']),
    fail: example('ApplicationSet', ['generators: []', 'template:', '  spec:', '    project: payments']),
  },
  kinds: [APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const project = textAt(resource, path);
    if (project === undefined || project === resource.name || !isPlain(resource.name)) return;
    yield { path, message: `the project is "${project}", the set "${resource.name}"` };
  },
};
