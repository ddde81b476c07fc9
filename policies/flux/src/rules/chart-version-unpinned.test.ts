import { testRule } from '@plumbline/testing';
import { rule } from './chart-version-unpinned.ts';

const release = (version: string, kind = 'HelmRepository'): string => `
  apiVersion: helm.toolkit.fluxcd.io/v2
  kind: HelmRelease
  metadata: {name: cart, namespace: shop}
  spec:
    chart:
      spec:
        chart: cart
        ${version}
        sourceRef: {kind: ${kind}, name: charts}
`;

testRule(rule, {
  valid: {
    'a version': release('version: 1.2.3'),
    'a series': release('version: "6.x"'),
    'a range with an end': release('version: ">=1.0.0 <2.0.0"'),
    'one that is filled in': release('version: ${cart_version}'),
    'a chart in Git': release('version: "*"', 'GitRepository'),
    'a version that an overlay gives': {
      yaml: release('valuesKey: a').replace('valuesKey: a', 'interval: 1h'),
      path: 'base/release.yaml',
      files: {
        'base/kustomization.yaml': 'resources: [release.yaml]',
        'live/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: version.yaml\n',
        'live/version.yaml': release('version: 1.2.3'),
      },
    },
  },
  invalid: {
    'anything that is newer': {
      yaml: release('version: ">=1.0.0" # <-'),
      problems: [{ message: 'version ">=1.0.0" has no upper end', path: '/spec/chart/spec/version' }],
    },
    'a chart object without one': {
      yaml: `
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmChart
        metadata: {name: cart, namespace: shop}
        spec:
          chart: cart # <-
          sourceRef: {kind: HelmRepository, name: charts}
      `,
      problems: [{ message: 'the chart has no version: the newest is taken', column: 3 }],
    },
  },
});
