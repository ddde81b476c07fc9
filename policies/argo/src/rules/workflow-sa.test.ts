import { testRule } from '@plumbline/testing';
import { rule } from './workflow-sa.ts';

const workflow = (spec: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Workflow
  metadata: {name: shop, namespace: shop}
  spec: ${spec}
`;

testRule(rule, {
  valid: {
    'one that starts a template': workflow('{workflowTemplateRef: {name: shop}}'),
    'a user that is not root': workflow('{serviceAccountName: shop, securityContext: {runAsUser: 1000}}'),
  },
  invalid: {
    'the default, as root': {
      yaml: workflow('{serviceAccountName: default} # <-'),
      problems: [{ message: 'the workflow has no securityContext.runAsNonRoot' }, { message: 'the steps have the account "default"' }],
    },
  },
});
