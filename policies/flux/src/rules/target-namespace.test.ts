import { testRule } from '@plumbline/testing';
import { rule } from './target-namespace.ts';

const release = (spec: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cart, namespace: shop}
spec:
  ${spec}
`;
const files = {
  'namespaces.yaml': ['payments', 'storage'].map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`).join('---\n'),
};

testRule(rule, {
  valid: {
    'one that is there, its own, that of the release made on the way, and one of elsewhere': {
      yaml: [
        release('targetNamespace: payments'),
        release('targetNamespace: shop'),
        release('{targetNamespace: paymnets, install: {createNamespace: true}}'),
        release('targetNamespace: monitoring'),
      ].join('---'),
      files,
    },
    'another cluster': { yaml: release('{targetNamespace: paymnets, kubeConfig: {secretRef: {name: live}}}'), files },
  },
  invalid: {
    'a slip': {
      yaml: release('targetNamespace: paymnets # <-'),
      files,
      problems: [{ message: 'no Namespace "paymnets"; did you mean "payments"?', severity: 'warning', path: '/spec/targetNamespace' }],
    },
    'one that was forgotten where all others are kept': {
      yaml: `${[1, 2, 3].map(() => release('targetNamespace: storage')).join('---')}---${release('targetNamespace: monitoring # <-')}`,
      files,
      problems: [{ message: 'no Namespace "monitoring"' }],
    },
  },
});
