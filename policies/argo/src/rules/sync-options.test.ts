import { testRule } from '@plumbline/testing';
import { rule } from './sync-options.ts';

const app = (options: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: shop, namespace: argocd}
  spec:
    syncPolicy:
      syncOptions:
        ${options}
`;
const map = (options: string): string => `
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: shop
    annotations:
      argocd.argoproj.io/sync-options: ${options}
`;

testRule(rule, {
  valid: {
    'what Argo CD knows': app(
      '- CreateNamespace=true\n        - PrunePropagationPolicy=orphan\n        - Replace=false\n        - ServerSideApply=true',
    ),
    'what a later one may know': app('- MeasureTwiceCutOnce=true'),
    'an annotation with several': map('Prune=false, Delete=confirm'),
  },
  invalid: {
    'letters of another size, and a space': {
      yaml: app('- CreateNamespace=True # <-\n        - Prune Last=true # <-'),
      problems: [
        {
          message: '"CreateNamespace=True" is no option that Argo CD knows; did you mean "CreateNamespace=true"?',
          path: '/spec/syncPolicy/syncOptions/0',
        },
        { message: '"Prune Last=true" is no option that Argo CD knows; did you mean "PruneLast=true"?' },
      ],
      fixed: app('- CreateNamespace=true\n        - PruneLast=true'),
    },
    'two that rule each other out': {
      yaml: app('- Replace=true\n        - ServerSideApply=true # <-'),
      problems: [{ message: '"ServerSideApply=true" is not used beside "Replace=true"' }],
    },
    'an annotation': {
      yaml: map('Prune=flase,Validate=false # <-'),
      problems: [{ message: '"Prune=flase" is no option that Argo CD knows; did you mean "Prune=false"?' }],
      fixed: map('"Prune=false,Validate=false"'),
    },
  },
});
