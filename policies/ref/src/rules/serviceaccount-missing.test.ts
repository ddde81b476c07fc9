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
    'a slip of the account that each namespace has': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          serviceAccountName: defualt # <-
          containers: []
      `,
      problems: [{ severity: 'error', message: 'no ServiceAccount "defualt" is defined here; did you mean "default"?' }],
    },
    'two letters swapped, though a custom resource bears the beginning of the name': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          serviceAccountName: shop-raeder # <-
          containers: []
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: shop-reader}
        ---
        apiVersion: shop.example/v1
        kind: Shop
        metadata: {name: shop}
      `,
      problems: [{ message: 'no ServiceAccount "shop-raeder" is defined here; did you mean "shop-reader"?' }],
    },
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
