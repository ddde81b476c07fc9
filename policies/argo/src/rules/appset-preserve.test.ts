import { testRule } from '@plumbline/testing';
import { rule } from './appset-preserve.ts';

const set = (policy: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: ApplicationSet
  metadata: {name: shop, namespace: argocd}
  spec:
    syncPolicy: ${policy}
`;

testRule(rule, {
  valid: { 'objects that stay': set('{preserveResourcesOnDeletion: true}') },
  invalid: {
    'a sync that deletes': {
      yaml: set('{applicationsSync: create-delete} # <-'),
      problems: [{ message: 'its Applications, and what they applied, are deleted with it', path: '/spec/syncPolicy' }],
    },
  },
});
