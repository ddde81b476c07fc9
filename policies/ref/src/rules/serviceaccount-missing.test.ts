import { testRule } from '@plumbline/testing';
import { rule } from './serviceaccount-missing.ts';

testRule(rule, {
  valid: {
    'one that every namespace has': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec: {serviceAccountName: default, containers: []}
    `,
    'none is written here: something else makes them': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, namespace: shop}
      spec: {serviceAccountName: shop, containers: []}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: shops, namespace: other}
    `,
  },
  invalid: {
    'a near miss': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: shop}
        spec:
          serviceAccount: shop_reader # <-
          containers: []
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: shop-reader, namespace: shop}
      `,
      problems: [
        { severity: 'error', message: 'no ServiceAccount "shop_reader" is defined here in namespace "shop"; did you mean "shop-reader"?' },
      ],
    },
    'one that was forgotten': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          serviceAccountName: cart # <-
          containers: []
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: shop}
      `,
      problems: [{ severity: 'warning', message: 'no ServiceAccount "cart" is defined here' }],
    },
  },
});
