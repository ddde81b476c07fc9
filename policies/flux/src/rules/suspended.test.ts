import { testRule } from '@plumbline/testing';
import { rule } from './suspended.ts';

testRule(rule, {
  valid: {
    'one that was resumed': `
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: cart, namespace: shop}
      spec: {interval: 1h, suspend: false}
    `,
  },
  invalid: {
    'an automation': {
      yaml: `
        apiVersion: image.toolkit.fluxcd.io/v1
        kind: ImageUpdateAutomation
        metadata: {name: shop, namespace: flux-system}
        spec:
          suspend: true # <-
          interval: 1h
      `,
      problems: [{ message: 'ImageUpdateAutomation "shop" is suspended', path: '/spec/suspend' }],
      fixed: `
        apiVersion: image.toolkit.fluxcd.io/v1
        kind: ImageUpdateAutomation
        metadata: {name: shop, namespace: flux-system}
        spec:
          interval: 1h
      `,
    },
  },
});
