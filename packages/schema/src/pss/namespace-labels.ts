import { isObject, type NotEvaluated, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { hasPlaceholder, isFilledIn } from '../placeholder.ts';
import { quote } from '../verdict.ts';
import { policyOf } from './policy.ts';

/** The Pod Security labels of a Namespace, which the server judges on create. */
export const namespaceLabels: ResourceRule = {
  id: 'pss/namespace-label-invalid',
  title: 'Pod Security labels of a namespace name a level and a version',
  why: 'The server refuses a Namespace whose Pod Security labels it cannot read, so that a slip does not leave the namespace open.',
  remedy: 'Write privileged, baseline or restricted as a level, and latest or v1.x (v1.37) as a version.',
  severity: 'error',
  class: 'refusal',
  set: 'core',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  kinds: ['Namespace'],
  *check(resource): Iterable<Problem | NotEvaluated> {
    const labels = valueAt(resource.object, ['metadata', 'labels']);
    if (!isObject(labels)) return;
    for (const { label, value, message } of policyOf(labels).faults) {
      // A label that is no text is of the wrong type, which the schema says.
      if (typeof labels[label] !== 'string' && labels[label] !== null) continue;
      if (isFilledIn(resource) && hasPlaceholder(value)) yield { notEvaluated: 'the label has a variable that is filled in later' };
      else yield { path: ['metadata', 'labels', label], message: `${quote(value)} ${message}` };
    }
  },
};
