import { isEqual, type NotEvaluated, type Problem, type ResourceRule, type RuleContext, type RuleInfo } from '@plumbline/core';
import { IMMUTABLE_FIELDS } from './immutable/immutable-fields.ts';
import type { KindPorts } from './object-drift.ts';
import { updateProblems } from './update-problems.ts';

/** What the rule asks of whoever knows schemas. */
export type UpdatePorts = (context: RuleContext) => KindPorts;

const WORKLOAD: RuleInfo = {
  id: 'wl/selector-immutable-change',
  title: 'A change leaves alone what cannot be changed',
  why: 'The server refuses the update: the object stays as it was, and whatever applies the change fails on it, with all that comes after it.',
  remedy:
    'Put the value back. Where it has to change, give the object another name, or delete it in the cluster when the change is applied.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
};
const CONFIG: RuleInfo = {
  id: 'cfg/immutable-config',
  title: 'An immutable ConfigMap or Secret is not changed, but replaced by one of another name',
  why: 'The server refuses the update, and pods go on with the old values.',
  remedy: 'Give it another name and name that one in the pods (a generator of Kustomize does both), or put the values back.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
};
const SELECTORS: RuleInfo = {
  id: 'kust/labels-selectors',
  title: 'Labels of a kustomization do not change selectors, or templates that cannot change, of workloads that exist',
  why: 'The selector of a workload, the template of a Job and the claims of a StatefulSet cannot be changed: the server refuses the update, and the build is applied in part or not at all.',
  remedy:
    'Put new labels under "labels" without includeSelectors, and without includeTemplates where there are Jobs; leave those that selectors have as they are.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
};

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

/**
 * Changes of fields that a server keeps as they were created. Only where the object was there before, in the same unit under the same name,
 * and says another value now: what it does not say any more the server keeps, or fills in, and nobody notices.
 */
export function createUpdateRule(portsOf: UpdatePorts): ResourceRule {
  return {
    id: 'updates/immutable',
    title: WORKLOAD.title,
    why: WORKLOAD.why,
    remedy: WORKLOAD.remedy,
    severity: 'error',
    class: 'quality',
    set: 'recommended',
    scope: 'unit',
    kinds: Object.keys(IMMUTABLE_FIELDS).map((key) => key.replace(/^\//, '')),
    members: [WORKLOAD, CONFIG, SELECTORS],
    check(resource, context) {
      const old = context.before?.(resource);
      const { object } = resource;
      if (old === undefined || old === null || old === object || old.apiVersion !== object.apiVersion || isEqual(old, object))
        return NOTHING;
      return updateProblems(resource, old, portsOf(context));
    },
  };
}
