import { testRule } from '@plumbline/testing';
import { rule } from './appset-project-match.ts';

const set = (project: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: ApplicationSet
  metadata: {name: shop, namespace: argocd}
  spec: {template: {spec: {project: ${project}}}}
`;

testRule(rule, {
  valid: { 'one that a generator names': set('"{{team}}"') },
  invalid: {
    'the default': {
      yaml: set('default # <-').replace('default # <-}}}', 'default}}} # <-'),
      problems: [{ message: 'the project is "default", the set "shop"' }],
    },
  },
});
