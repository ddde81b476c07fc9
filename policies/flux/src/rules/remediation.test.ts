import { testRule } from '@plumbline/testing';
import { rule } from './remediation.ts';

const release = (spec: string): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cart, namespace: shop}
  spec: ${spec}
`;

testRule(rule, {
  valid: {
    'a strategy that tries again, and tries for ever': release(
      '{install: {strategy: {name: RetryOnFailure}}, upgrade: {remediation: {retries: -1}}}',
    ),
  },
  invalid: {
    'an install that is tried once': {
      yaml: release('{install: {crds: Create}, upgrade: {remediation: {retries: 2}}} # <-'),
      problems: [{ message: 'a failed install is not tried again', path: '/spec/install' }],
    },
    'neither of them': {
      yaml: release('{install: {remediation: {retries: 0}}} # <-'),
      problems: [{ message: 'a failed install or upgrade is not tried again' }],
    },
  },
});
