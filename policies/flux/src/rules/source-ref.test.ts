import { testRule } from '@plumbline/testing';
import { rule } from './source-ref.ts';

const source = (kind: string, name: string, namespace: string): string => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: {interval: 1h, url: https://example.org}
`;
const kustomization = (ref: string, namespace = 'flux-system'): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a, namespace: ${namespace}}
spec:
  interval: 10m
  prune: true
  sourceRef:
${ref.replace(/^/gm, '    ')}
`;
const files = { 'sources.yaml': [source('GitRepository', 'podinfo', 'flux-system'), source('OCIRepository', 'cart', 'shop')].join('---') };

testRule(rule, {
  valid: {
    'sources that are there, and what bootstrap makes': {
      yaml: [
        kustomization('kind: GitRepository\nname: podinfo'),
        kustomization('kind: GitRepository\nname: podinfo\nnamespace: flux-system', 'shop'),
        kustomization('kind: OCIRepository\nname: cart\nnamespace: shop'),
        kustomization('kind: GitRepository\nname: flux-system'),
        kustomization('kind: GitRepository\nname: ${CLUSTER}'),
      ].join('---'),
      files,
    },
    'one that may be kept elsewhere': { yaml: kustomization('kind: Bucket\nname: artifacts'), files },
    'a chart of an OCI repository': `
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: a, namespace: shop}
      spec: {interval: 10m, chartRef: {kind: OCIRepository, name: cart}}
    `,
  },
  invalid: {
    'a source of another namespace, of which the reference says nothing': {
      yaml: kustomization('kind: GitRepository\nname: podinfo # <-', 'shop'),
      files,
      problems: [{ message: 'no GitRepository "podinfo" in namespace "shop", only in "flux-system"', path: '/spec/sourceRef/name' }],
    },
    'a slip': {
      yaml: kustomization('kind: GitRepository\nname: podinof # <-'),
      files,
      problems: [{ message: 'no GitRepository "podinof" in namespace "flux-system"; did you mean "podinfo"?' }],
    },
    'one that is missing where all others are there': {
      yaml:
        [1, 2, 3].map(() => kustomization('kind: GitRepository\nname: podinfo')).join('---') +
        `---${kustomization('kind: GitRepository\nname: shop # <-')}`,
      files,
      problems: [{ message: 'no GitRepository "shop" in namespace "flux-system"' }],
    },
    'an OCI repository as the source of a chart, and two charts': {
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: a, namespace: shop}
        spec:
          chart:
            spec:
              chart: cart
              sourceRef:
                kind: OCIRepository # <-
                name: cart
          chartRef: # <-
            kind: OCIRepository
            name: cart
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: b, namespace: shop}
        spec: # <-
          interval: 10m
      `,
      files,
      problems: [
        { message: 'OCIRepository is no source of a HelmRelease here: name it under spec.chartRef' },
        { message: 'the release has both "chart" and "chartRef"' },
        { message: 'the release has neither "chart" nor "chartRef"' },
      ],
    },
    'another namespace, where the controller refuses it': {
      yaml: kustomization('kind: OCIRepository\nname: cart\nnamespace: shop # <-'),
      files: {
        ...files,
        'controllers.yaml': `
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: kustomize-controller, namespace: flux-system}
          spec: {template: {spec: {containers: [{name: manager, args: [--no-cross-namespace-refs=true]}]}}}
        `,
      },
      problems: [{ message: /^the source is in namespace "shop", and Flux is told to refuse/ }],
    },
  },
});
