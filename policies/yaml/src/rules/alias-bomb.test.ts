import { testRule } from '@plumbline/testing';
import { rule } from './alias-bomb.ts';

testRule(rule, {
  valid: {
    'a few aliases': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: &name shop
        labels:
          app: *name
          instance: *name
    `,
  },
  invalid: {},
});
