import { testRule } from '@plumbline/testing';
import { rule } from './orphan-file.ts';

const path = 'app/extra.yaml';
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n';
const MARKED =
  'apiVersion: v1\nkind: ConfigMap # <-\nmetadata:\n  name: extra\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n';
const WEB = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n';
const K = 'app/kustomization.yaml';

testRule(rule, {
  valid: {
    'a file that is listed': { path, yaml: MAP, files: { [K]: 'resources: [web.yaml, ./extra.yaml]\n', 'app/web.yaml': WEB } },
    'a file that another kustomization names': {
      path,
      yaml: MAP,
      files: { [K]: 'resources: [web.yaml]\n', 'app/web.yaml': WEB, 'live/kustomization.yaml': 'resources: [../app/extra.yaml]\n' },
    },
    'a file that a generator takes': {
      path,
      yaml: MAP,
      files: { [K]: 'resources: [web.yaml]\nconfigMapGenerator: [{name: x, files: [a=extra.yaml]}]\n', 'app/web.yaml': WEB },
    },
    'a file that a comment leaves out': {
      path,
      yaml: MAP,
      files: { [K]: 'resources:\n  - web.yaml\n  # - extra.yaml until the certificate is there\n', 'app/web.yaml': WEB },
    },
    'a kustomization that lists folders only': {
      path,
      yaml: MAP,
      files: { [K]: 'resources: [../base]\n', 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': WEB },
    },
    'an example': { path: 'app/extra.example.yaml', yaml: MAP, files: { [K]: 'resources: [web.yaml]\n', 'app/web.yaml': WEB } },
    'a folder without a kustomization': {
      path: 'other/extra.yaml',
      yaml: MAP,
      files: { [K]: 'resources: [web.yaml]\n', 'app/web.yaml': WEB },
    },
    'a workflow applies it': {
      path,
      yaml: MAP,
      files: {
        [K]: 'resources: [web.yaml]\n',
        'app/web.yaml': WEB,
        '.github/workflows/deploy.yaml': 'on: push\njobs: {a: {runs-on: x, steps: [{run: kubectl apply -f app/extra.yaml}]}}\n',
      },
    },
    'Argo CD reads all of the folder': {
      path,
      yaml: MAP,
      files: {
        [K]: 'resources: [web.yaml]\n',
        'app/web.yaml': WEB,
        'argo/app.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: all}\nspec:\n  source: {repoURL: https://github.com/acme/shop, path: app, directory: {recurse: true}}\n  destination: {namespace: x}\n',
      },
    },
  },
  invalid: {
    'a file that was forgotten, said once': {
      path,
      yaml: MARKED,
      files: { [K]: 'resources: [web.yaml]\n', 'app/web.yaml': WEB },
      problems: [
        { message: 'nothing applies this file: kustomization.yaml lists its neighbours, and not it', severity: 'warning', path: '/kind' },
      ],
    },
    'a name that other folders have too': {
      path,
      yaml: MARKED,
      files: {
        [K]: 'resources: [web.yaml]\n',
        'app/web.yaml': WEB,
        'other/kustomization.yaml': 'resources: [extra.yaml]\n',
        'other/extra.yaml': WEB,
      },
      problems: [{}],
    },
  },
});
