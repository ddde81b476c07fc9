import { testRule } from '@plumbline/testing';
import { BASE } from '../fixtures.ts';
import { rule } from './patch-noop.ts';

const path = 'live/kustomization.yaml';

const patch = (replicas: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: ${replicas}, template: {metadata: {labels: {app: "web"}}}}\n`;

testRule(
  rule,
  {
    valid: {
      'patches that change a value, add a field, or take one away': {
        path,
        files: { ...BASE, 'live/patch.yaml': patch(2) },
        yaml: `
        resources: [../base]
        patchesStrategicMerge:
          - patch.yaml
        patches:
          - target: {kind: Deployment}
            patch: '[{"op": "add", "path": "/spec/paused", "value": true}]'
          - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: null}}'
      `,
      },
      'a component whose patch changes one of two builds': {
        path: 'component/kustomization.yaml',
        files: {
          ...BASE,
          'component/patch.yaml': patch(1),
          'qa/kustomization.yaml': 'resources: [../base]\ncomponents: [../component]\n',
          'live/kustomization.yaml': 'resources: [../base]\nreplicas: [{name: web, count: 3}]\n',
          'live/two/kustomization.yaml': 'resources: [../../more]\ncomponents: [../../component]\n',
          'more/kustomization.yaml': 'resources: [../base]\nreplicas: [{name: web, count: 3}]\n',
        },
        yaml: `
        kind: Component
        apiVersion: kustomize.config.k8s.io/v1alpha1
        patches:
          - path: patch.yaml
      `,
      },
      'a test of what is there': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        patches:
          - target: {kind: Deployment}
            patch: '[{"op": "test", "path": "/spec/replicas", "value": 1}]'
      `,
      },
    },
    invalid: {
      'what the base says already, also in other quotes, and a field that is not there to be removed': {
        path,
        files: { ...BASE, 'live/patch.yaml': patch(1) },
        yaml: `
        resources: [../base]
        patchesStrategicMerge:
          - patch.yaml # <-
        patches:
          - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: null}}' # <-
          - target: {kind: Deployment} # <-
            patch: '[{"op": "replace", "path": "/spec/replicas", "value": 1}]'
      `,
        problems: [
          { message: 'the patch "patch.yaml" changes nothing', severity: 'info', path: '/patchesStrategicMerge/0' },
          { message: 'the patch changes nothing', path: '/patches/0' },
          { path: '/patches/1' },
        ],
      },
    },
  },
  { builds: true },
);
