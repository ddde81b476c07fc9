import { isObject, isWritten, mayGainFields, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { workflowPath } from '../workflow-path.ts';

/** Not in the recommended preset: the controller's own settings (workflowDefaults) give an account and a user to most. */
export const rule: ResourceRule = {
  id: 'argo/workflow-sa',
  title: 'A workflow has an account of its own, and no root',
  why: 'With the account "default" each step has the rights of every other pod there; as root, a step that is taken over may break out of its container.',
  remedy: 'Set serviceAccountName to an account with the rights that the steps need, and securityContext.runAsNonRoot to true.',
  severity: 'warning',
  class: 'policy',
  set: 'strict',
  link: 'https://argo-workflows.readthedocs.io/en/latest/workflow-pod-security-context/',
  examples: {
    pass: example('Workflow', ['serviceAccountName: shop', 'securityContext:', '  runAsNonRoot: true', 'templates: []'], 'shop', 'shop'),
    fail: example('Workflow', ['templates: []'], 'shop', 'shop'),
  },
  kinds: ['argoproj.io/Workflow', 'argoproj.io/CronWorkflow'],
  *check(resource): Iterable<Problem> {
    const path = workflowPath(resource);
    const spec = valueAt(resource.object, path);
    // One that only starts a template has the account of the template.
    if (!isObject(spec) || member(spec, 'workflowTemplateRef') !== undefined) return;
    const account = member(spec, 'serviceAccountName');
    if (account === 'default') yield { path: [...path, 'serviceAccountName'], message: 'the steps have the account "default"' };
    if (mayGainFields(resource)) return;
    const lacks = isWritten(resource, [...path, 'serviceAccountName']) ? [] : ['serviceAccountName'];
    const context = member(spec, 'securityContext');
    const isRootless = member(context, 'runAsNonRoot') === true || Number(member(context, 'runAsUser') ?? 0) > 0;
    if (!isRootless) lacks.push('securityContext.runAsNonRoot');
    if (lacks.length > 0) yield { path, part: 'key', message: `the workflow has no ${lacks.join(' and no ')}` };
  },
};
