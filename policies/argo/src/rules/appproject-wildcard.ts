import { type FieldPath, listAt, member, type Problem, type Resource, type ResourceRule } from '@plumbline/core';
import { example } from '../examples.ts';
import { APP_PROJECT } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'argo/appproject-wildcard',
  title: 'A project permits what its team needs, not everything',
  why: 'With "*" a project is no border: its Applications may come from any repository, go anywhere, or change the cluster itself.',
  remedy: 'List the repositories, the namespaces and the kinds of the cluster that the team needs.',
  severity: 'warning',
  class: 'policy',
  set: 'strict',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  examples: {
    pass: example('AppProject', ['sourceRepos:', '  - https://git.example.org/shop.git']),
    fail: example('AppProject', ['sourceRepos:', '  - "*"']),
  },
  kinds: [APP_PROJECT],
  check: (resource) => [...wildcards(resource)],
};

function* wildcards(resource: Resource): Iterable<Problem> {
  const at = (list: string): FieldPath => ['spec', list];
  for (const [index, repo] of listAt(resource, at('sourceRepos')).entries())
    if (repo === '*') yield { path: [...at('sourceRepos'), index], message: 'every repository is permitted' };
  for (const [index, destination] of listAt(resource, at('destinations')).entries()) {
    const path = [...at('destinations'), index];
    const [server, name, namespace] = ['server', 'name', 'namespace'].map((field) => member(destination, field));
    if ((server === '*' || name === '*') && namespace === '*') yield { path, message: 'every namespace of every cluster is permitted' };
  }
  for (const [index, entry] of listAt(resource, at('clusterResourceWhitelist')).entries())
    if (member(entry, 'group') === '*' && member(entry, 'kind') === '*')
      yield { path: [...at('clusterResourceWhitelist'), index], message: 'every kind of the cluster is permitted' };
}
