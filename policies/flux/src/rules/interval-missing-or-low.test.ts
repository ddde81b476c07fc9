import { testRule } from '@plumbline/testing';
import { rule } from './interval-missing-or-low.ts';

const of = (lines: string, kind = 'Kustomization', group = 'kustomize'): string => `
  apiVersion: ${group}.toolkit.fluxcd.io/v1
  kind: ${kind}
  metadata: {name: shop, namespace: flux-system}
  spec: ${lines}
`;

testRule(rule, {
  valid: {
    'an hour and a half': of('{interval: 1h30m, retryInterval: 30s, timeout: 3m}'),
    'a variable': of('{interval: "${interval:=10m}"}'),
    'charts of a registry, which are not polled': of('{type: oci, url: "oci://registry.example.org"}', 'HelmRepository', 'source'),
  },
  invalid: {
    'a day, which Go does not know': {
      yaml: of('{interval: 1d} # <-'),
      problems: [{ message: 'interval "1d" is no duration that Flux takes', severity: 'error', path: '/spec/interval' }],
    },
    'a number': { yaml: of('{interval: 10m, timeout: 300} # <-'), problems: [{ message: 'timeout 300 has no unit', severity: 'error' }] },
    seconds: { yaml: of('{interval: 30s} # <-'), problems: [{ message: 'interval "30s" is less than a minute', severity: 'warning' }] },
    'none at all': {
      yaml: of('{url: "https://git.example.org"} # <-', 'GitRepository', 'source'),
      problems: [{ message: 'the interval is missing, and the definition requires it', severity: 'error' }],
    },
  },
});
