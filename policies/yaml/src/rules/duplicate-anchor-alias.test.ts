import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-anchor-alias.ts';

testRule(rule, {
  valid: {
    'an anchor that is set again': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: &name shop
        labels:
          app: *name
          tier: &name web
        annotations:
          tier: *name
    `,
    'a quoted star': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        pattern: "*.yaml"
    `,
  },
  invalid: {
    'an alias of nothing': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: *name # <-
      `,
      problems: [{ class: 'broken', severity: 'error' }],
    },
    'an anchor of the document before': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: &name shop
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: *name # <-
      `,
    },
  },
});
