import { testRule } from '@plumbline/testing';
import { rule } from './namespace.ts';

const of = (kind: string, namespace: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata:
  name: shop
  namespace: ${namespace}
`;
const settings = (namespace: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: ${namespace}}
`;

testRule(rule, {
  valid: {
    'other names for it, and none': [of('Application', 'openshift-gitops'), of('Application', 'argo-cd'), of('AppProject', '')].join('---'),
    'an Application of a team': of('Application', 'shop') + settings('gitops'),
    'where Argo CD is in the default namespace': of('AppProject', 'default') + settings('default'),
  },
  invalid: {
    'a slip': {
      yaml: of('Application', 'argcod # <-'),
      problems: [{ message: 'Application "shop" is in namespace "argcod"; did you mean "argocd"?' }],
    },
    'a project beside Argo CD': {
      yaml: of('AppProject', 'shop # <-') + settings('gitops'),
      problems: [{ message: 'the project is in namespace "shop", Argo CD in "gitops"', path: '/metadata/namespace' }],
    },
  },
});
