import { testRule } from '@plumbline/testing';
import { rule } from './crds-policy.ts';

const release = (chart: string, upgrade: string): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cart, namespace: shop}
  spec:
    chart: {spec: {chart: ${chart}, sourceRef: {kind: GitRepository, name: shop}}}
    ${upgrade}
`;
const files = {
  'charts/cart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
  'charts/cart/crds/carts.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: carts.example.org}\n',
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
};

testRule(rule, {
  valid: {
    'a chart without definitions, and one that is not here': {
      yaml: `${release('charts/web', '')}  ---${release('charts/gone', '')}`,
      files,
    },
  },
  invalid: {
    'definitions that stay as they are': {
      yaml: release('charts/cart', 'upgrade: {crds: Skip} # <-'),
      files,
      problems: [{ message: 'the chart has a folder "crds", which no upgrade applies', path: '/spec/upgrade/crds' }],
    },
  },
});
