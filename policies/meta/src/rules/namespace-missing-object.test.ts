import { testRule } from '@plumbline/testing';
import { rule } from './namespace-missing-object.ts';

const namespaces =
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: payments}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: web-shop}\n';
const inNamespace = (namespace: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: ${namespace}\n`;

testRule(rule, {
  valid: {
    'a repository whose namespaces are made elsewhere': inNamespace('monitoring'),
    'another namespace, of another team perhaps': { yaml: inNamespace('monitoring'), files: { 'n.yaml': namespaces } },
    'a namespace that is always there': { yaml: inNamespace('kube-system'), files: { 'n.yaml': namespaces } },
    'a neighbour by number': {
      yaml: inNamespace('team-12'),
      files: { 'n.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: team-1}\n' },
    },
    'a namespace that a release makes': {
      yaml: inNamespace('web-shp'),
      files: {
        'n.yaml': namespaces,
        'r.yaml':
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: payments}\nspec: {targetNamespace: web-shp, install: {createNamespace: true}}\n',
      },
    },
  },
  invalid: {
    'a slip of the pen': {
      yaml: inNamespace('paymets'),
      files: { 'n.yaml': namespaces },
      problems: [{ line: 5, message: 'no Namespace "paymets" is defined here; did you mean "payments"?', severity: 'warning' }],
    },
    'a hyphen': {
      yaml: inNamespace('webshop'),
      files: { 'n.yaml': namespaces },
      problems: [{ line: 5, message: 'no Namespace "webshop" is defined here; did you mean "web-shop"?' }],
    },
    'the one that was forgotten': {
      yaml: inNamespace('ns-x'),
      files: Object.fromEntries(
        ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'].map((name) => [
          `${name}.yaml`,
          `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n---\n${inNamespace(name)}`,
        ]),
      ),
      problems: [{ line: 5, message: 'no Namespace "ns-x" is defined here' }],
    },
  },
});
