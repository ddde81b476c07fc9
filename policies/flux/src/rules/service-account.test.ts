import { testRule } from '@plumbline/testing';
import { rule } from './service-account.ts';

const release = (namespace: string, more = '', mark = ''): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cart, namespace: ${namespace}}
  spec: {interval: 1h${more}}${mark}
`;

testRule(rule, {
  valid: {
    'an account': release('shop', ', serviceAccountName: shop'),
    'what the platform applies': release('flux-system'),
    'an account for all': {
      yaml: `${release('shop')}
  ---
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: helm-controller, namespace: flux-system}
  spec: {template: {spec: {containers: [{name: manager, args: [--default-service-account=default]}]}}}
`,
    },
  },
  invalid: {
    'the rights of Flux': {
      yaml: release('shop', '', ' # <-'),
      problems: [{ message: 'HelmRelease "cart" names no service account' }],
    },
  },
});
