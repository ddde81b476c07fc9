import { testRule } from '@plumbline/testing';
import { rule } from './workflow-retry.ts';

const workflow = (strategy: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Workflow
  metadata: {name: shop, namespace: shop}
  spec:
    templates:
      - name: main
        retryStrategy: ${strategy}
`;

testRule(rule, {
  valid: { 'a limit and a policy': workflow('{limit: "2", retryPolicy: OnTransientError}') },
  invalid: {
    'a policy of no name': {
      yaml: workflow('{limit: 2, retryPolicy: onError} # <-'),
      problems: [{ message: '"onError" is no policy, only Always, OnFailure, OnError, OnTransientError' }],
    },
  },
});
