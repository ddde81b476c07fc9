import { testRule } from '@plumbline/testing';
import { rule } from './unreachable.ts';

const flux = (path: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: flux-system}\nspec: {path: ${path}, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cart}\n';
const list = 'resources: [a.yaml]\n';
const files = {
  'clusters/live/apps.yaml': flux('./apps'),
  'apps/kustomization.yaml': 'resources: [cart]\n',
  'apps/cart/kustomization.yaml': list,
  'apps/cart/a.yaml': map,
};

testRule(rule, {
  valid: {
    'a folder that people apply by hand, away from the others': {
      yaml: list,
      path: 'bootstrap/kustomization.yaml',
      files: { ...files, 'bootstrap/a.yaml': map },
    },
    'one that is commented out': {
      yaml: list,
      path: 'apps/legacy/kustomization.yaml',
      files: { ...files, 'apps/legacy/a.yaml': map, 'apps/kustomization.yaml': 'resources:\n  - cart\n  # - legacy\n' },
    },
    'one that a workflow applies': {
      yaml: list,
      path: 'apps/legacy/kustomization.yaml',
      files: {
        ...files,
        'apps/legacy/a.yaml': map,
        '.github/workflows/apply.yaml': 'on: push\njobs: {a: {steps: [{run: kubectl apply -k apps/legacy}]}}\n',
      },
    },
    'one that a generator may take': {
      yaml: list,
      path: 'apps/legacy/kustomization.yaml',
      files: {
        ...files,
        'apps/legacy/a.yaml': map,
        'sets.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: a}\n',
      },
    },
    'a repository without Flux': { yaml: list, path: 'apps/legacy/kustomization.yaml', files: { 'apps/legacy/a.yaml': map } },
  },
  invalid: {
    'one that was forgotten': {
      yaml: 'resources: [a.yaml] # <-\n',
      path: 'apps/legacy/kustomization.yaml',
      files: { ...files, 'apps/legacy/a.yaml': map },
      problems: [{ message: 'no Flux Kustomization reaches "apps/legacy", as they do its neighbours', path: '/resources' }],
    },
  },
});
