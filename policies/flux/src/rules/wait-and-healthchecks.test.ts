import { testRule } from '@plumbline/testing';
import { rule } from './wait-and-healthchecks.ts';

const of = (lines: string): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: shop, namespace: flux-system}
  spec:
    ${lines}
`;

testRule(rule, {
  valid: {
    'expressions, which are used beside it': of('wait: true\n    healthCheckExprs: [{apiVersion: a/v1, kind: A, current: "true"}]'),
    'an empty list': of('wait: true\n    healthChecks: []'),
  },
  invalid: {
    both: {
      yaml: of('wait: true\n    healthChecks: [{kind: Deployment, name: cart, namespace: shop}] # <-'),
      problems: [{ message: '"healthChecks" is ignored, since "wait" is true', column: 3 }],
    },
  },
});
