import { testRule } from '@plumbline/testing';
import { rule } from './destination.ts';

const of = (destination: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: shop, namespace: argocd}
  spec:
    project: shop
    destination: ${destination}
`;
const set = (destination: string, more = ''): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: ApplicationSet
  metadata: {name: shop, namespace: argocd}
  spec:
    generators: [{list: {elements: [{server: a, name: ""}]}}]${more}
    template:
      spec:
        project: shop
        destination: ${destination}
`;

testRule(rule, {
  valid: {
    'a name': of('{name: in-cluster, namespace: shop}'),
    'an empty name beside the address': of('{server: https://kubernetes.default.svc, name: ""}'),
    'a template that may fill in either': set("{server: '{{server}}', name: '{{name}}'}"),
    'a patch of the template': set('{namespace: shop}', '\n    templatePatch: "{}"'),
  },
  invalid: {
    'both of them': {
      yaml: of('{server: https://kubernetes.default.svc, name: in-cluster} # <-'),
      problems: [{ message: 'the destination has both "server" and "name"', path: '/spec/destination/name' }],
    },
    'neither of them, in a set': {
      yaml: set('{namespace: shop} # <-'),
      problems: [{ message: 'the destination has neither "server" nor "name"', path: '/spec/template/spec/destination' }],
    },
  },
});
