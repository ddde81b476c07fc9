import { testRule } from '@plumbline/testing';
import { rule } from './gotk-sync-drift.ts';

const sync = (path: string): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: flux-system, namespace: flux-system}
  spec: {interval: 10m, prune: true, path: ${path}
`;
const files = { 'clusters/live/apps.yaml': 'a: b\n' };

testRule(rule, {
  valid: {
    'its own folder, and one above': {
      yaml: `${sync('./clusters/qa}')}  ---${sync('./clusters}')}`,
      path: 'clusters/qa/flux-system/gotk-sync.yaml',
      files,
    },
  },
  invalid: {
    'the folder of another cluster': {
      yaml: sync('./clusters/live} # <-'),
      path: 'clusters/qa/flux-system/gotk-sync.yaml',
      files,
      problems: [{ message: 'Flux was bootstrapped in "./clusters/qa", and applies "./clusters/live"' }],
    },
  },
});
