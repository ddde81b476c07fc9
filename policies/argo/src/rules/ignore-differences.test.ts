import { testRule } from '@plumbline/testing';
import { rule } from './ignore-differences.ts';

const app = (entry: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: shop, namespace: argocd}
  spec:
    ignoreDifferences:
      - ${entry}
`;

testRule(rule, {
  valid: {
    'fields, data of a Secret, and what a manager sets': [
      app('{kind: Service, jsonPointers: [/spec/clusterIP]}'),
      app('{kind: Secret, jsonPointers: [/data]}'),
      app('{kind: "*", managedFieldsManagers: [kube-controller-manager]}'),
    ].join('  ---'),
  },
  invalid: {
    'the whole spec, by jq': {
      yaml: app('{kind: Service, jqPathExpressions: [.spec.ports, .spec]} # <-'),
      problems: [{ message: '".spec" ignores the whole spec', path: '/spec/ignoreDifferences/0/jqPathExpressions/1' }],
    },
    everything: { yaml: app('{kind: Service, jsonPointers: [""]} # <-'), problems: [{ message: '"" ignores the whole object' }] },
  },
});
