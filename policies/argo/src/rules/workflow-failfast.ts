import { listAt, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { WORKFLOWS } from '../kinds.ts';
import { workflowPath } from '../workflow-path.ts';

const dag = (failFast: boolean): string =>
  example('Workflow', ['templates:', '  - name: main', '    dag:', `      failFast: ${failFast}`, '      tasks: []'], 'shop', 'shop');

export const rule: ResourceRule = {
  id: 'argo/workflow-failfast',
  title: 'A graph of tasks ends when one of them fails',
  why: 'With "failFast: false" the other branches run on, though the workflow will fail: nodes are kept busy for nothing.',
  remedy: 'Take "failFast" away, where the other branches are of no use on their own.',
  severity: 'info',
  class: 'policy',
  set: 'optional',
  link: 'https://argo-workflows.readthedocs.io/en/latest/walk-through/dag/',
  examples: { pass: dag(true), fail: dag(false) },
  kinds: WORKFLOWS,
  *check(resource): Iterable<Problem> {
    const spec = workflowPath(resource);
    for (const [index, template] of listAt(resource, [...spec, 'templates']).entries()) {
      if (valueAt(member(template, 'dag'), ['failFast']) !== false) continue;
      const path = [...spec, 'templates', index, 'dag', 'failFast'];
      yield {
        path,
        message: 'the other branches run on when a task fails',
        fix: { title: 'delete "failFast"', safe: false, changes: [{ op: 'remove', path }] },
      };
    }
  },
};
