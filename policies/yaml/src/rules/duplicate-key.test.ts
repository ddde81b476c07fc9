import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-key.ts';

testRule(rule, {
  valid: {
    'the same key in two mappings': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        labels:
          name: shop
    `,
    'the same key in two documents': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: a
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: b
    `,
    'a merge key that adds to other keys': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        labels: &labels
          app: shop
        annotations:
          <<: *labels
          tier: web
    `,
  },
  invalid: {
    'in a Kubernetes object, which the server refuses': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          labels:
            app: shop
          labels: # <-
            tier: web
      `,
      problems: [{ class: 'refusal', severity: 'error' }],
    },
    'in a Secret, whose field is named and whose value is not': {
      yaml: `
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop
        type: Opaque
        type: Opaque # <-
      `,
      problems: [{ message: 'key type is set twice in the same mapping' }],
    },
    'two objects without a separator': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: a
        apiVersion: v1 # <-
        kind: ConfigMap
        metadata:
          name: b
      `,
      problems: [
        {
          class: 'refusal',
          message: 'a second object begins here without a line "---": "apiVersion", "kind", "metadata" are set again',
        },
      ],
      fixed: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: a
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: b
      `,
    },
    'in values for a chart, where the last one wins': {
      path: 'values.yaml',
      yaml: `
        image: shop
        image: store # <-
      `,
      problems: [{ class: 'quality', severity: 'warning' }],
    },
  },
});
