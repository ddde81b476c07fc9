import { testRule } from '@plumbline/testing';
import { rule } from './crd-missing.ts';

const CRD = `
  apiVersion: apiextensions.k8s.io/v1
  kind: CustomResourceDefinition
  metadata: {name: baskets.shop.example}
  spec: {group: shop.example, names: {kind: Basket}, versions: [{name: v1, served: true}, {name: v1alpha1, served: false}]}
`;

testRule(rule, {
  valid: {
    'a kind of a definition elsewhere, and built-in kinds': {
      yaml: `
        apiVersion: cert-manager.io/v1
        kind: Certificate
        metadata: {name: a}
        ---
        apiVersion: shop.example/v1
        kind: Voucher
        metadata: {name: a}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
      `,
      files: { 'crd.yaml': CRD },
    },
  },
  invalid: {
    'a version that is not served any more': {
      yaml: `
        apiVersion: shop.example/v1alpha1 # <-
        kind: Basket
        metadata: {name: a}
      `,
      files: { 'crd.yaml': CRD },
      problems: [{ severity: 'warning', message: 'the definition of Basket does not serve "shop.example/v1alpha1", only "v1"' }],
    },
    'a slip of a kind': {
      yaml: `
        apiVersion: shop.example/v1
        kind: Bakset # <-
        metadata: {name: a}
      `,
      files: { 'crd.yaml': CRD },
      problems: [{ message: 'no definition of "shop.example" has the kind "Bakset"; did you mean "Basket"?' }],
    },
  },
});
