import { type FieldPath, isObject, listAt, member, type Problem, type Resource, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { WORKFLOWS } from '../kinds.ts';
import { workflowPath } from '../workflow-path.ts';

const POLICIES = ['Always', 'OnFailure', 'OnError', 'OnTransientError'];

export const rule: ResourceRule = {
  id: 'argo/workflow-retry',
  title: 'A step that is tried again has an end',
  why: 'An empty retryStrategy tries for ever; a retryPolicy of no name that Argo knows is refused when the workflow starts.',
  remedy: 'Write retryStrategy.limit, and one of Always, OnFailure, OnError and OnTransientError as retryPolicy.',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  link: 'https://argo-workflows.readthedocs.io/en/latest/retries/',
  examples: {
    pass: example('Workflow', ['templates:', '  - name: main', '    retryStrategy:', '      limit: 3'], 'shop', 'shop'),
    fail: example('Workflow', ['templates:', '  - name: main', '    retryStrategy: {}'], 'shop', 'shop'),
  },
  kinds: WORKFLOWS,
  *check(resource): Iterable<Problem> {
    const spec = workflowPath(resource);
    yield* judge(resource, [...spec, 'retryStrategy']);
    yield* judge(resource, [...spec, 'templateDefaults', 'retryStrategy']);
    for (const index of listAt(resource, [...spec, 'templates']).keys())
      yield* judge(resource, [...spec, 'templates', index, 'retryStrategy']);
  },
};

function* judge({ object }: Resource, path: FieldPath): Iterable<Problem> {
  const strategy = valueAt(object, path);
  if (!isObject(strategy)) return;
  if (Object.keys(strategy).length === 0) yield { path, part: 'key', message: 'an empty strategy tries again for ever' };
  const policy = member(strategy, 'retryPolicy');
  if (typeof policy === 'string' && policy !== '' && !policy.includes('{{') && !POLICIES.includes(policy))
    yield { path: [...path, 'retryPolicy'], message: `"${policy}" is no policy, only ${POLICIES.join(', ')}` };
}
