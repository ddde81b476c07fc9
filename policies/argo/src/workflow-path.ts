import type { FieldPath, Resource } from '@plumbline/core';

/** Where an object of Argo Workflows holds the specification of its workflow. */
export function workflowPath({ gvk }: Resource): FieldPath {
  return gvk.kind === 'CronWorkflow' ? ['spec', 'workflowSpec'] : ['spec'];
}
