import { testRule } from '@plumbline/testing';
import { rule } from './values-from-missing.ts';

const release = (from: string, mark = ''): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cart, namespace: shop}
  spec:
    valuesFrom:
      - ${from}${mark}
`;
const map = (name: string, data: string): string => `
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: ${name}, namespace: shop}
  data: ${data}
`;

testRule(rule, {
  valid: {
    'one that may be made elsewhere, and one that need not be there': [
      release('{kind: Secret, name: cart-tls}'),
      release('{kind: ConfigMap, name: cart-vaules, optional: true}'),
      map('cart-values', '{values.yaml: ""}'),
    ].join('  ---'),
    'a map that something fills': `${release('{kind: ConfigMap, name: cart-values}')}  ---${map('cart-values', '{}')}`,
  },
  invalid: {
    'a key that is not there': {
      yaml: `${release('{kind: ConfigMap, name: cart-values}', ' # <-')}  ---${map('cart-values', '{live.yaml: ""}')}`,
      problems: [{ message: 'ConfigMap "cart-values" has no key "values.yaml"', path: '/spec/valuesFrom/0/name' }],
    },
    'a slip': {
      yaml: `${release('{kind: ConfigMap, name: cart-vaules}', ' # <-')}  ---${map('cart-values', '{values.yaml: ""}')}`,
      problems: [{ message: 'no ConfigMap "cart-vaules" in namespace "shop"; did you mean "cart-values"?' }],
    },
  },
});
