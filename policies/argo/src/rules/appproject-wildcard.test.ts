import { testRule } from '@plumbline/testing';
import { rule } from './appproject-wildcard.ts';

const project = (lines: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: AppProject
  metadata: {name: shop, namespace: argocd}
  spec:
    ${lines}
`;

testRule(rule, {
  valid: {
    'a part of a name, every namespace of one cluster, and all kinds of one group': project(
      "sourceRepos: ['https://git.example.org/shop/*']\n    destinations: [{server: https://live.example.org, namespace: '*'}]\n    clusterResourceWhitelist: [{group: rbac.authorization.k8s.io, kind: '*'}]",
    ),
  },
  invalid: {
    'everything everywhere': {
      yaml: project(
        "destinations:\n      - {name: '*', namespace: '*'} # <-\n    clusterResourceWhitelist:\n      - {group: '*', kind: '*'} # <-",
      ),
      problems: [{ message: 'every namespace of every cluster is permitted' }, { message: 'every kind of the cluster is permitted' }],
    },
  },
});
