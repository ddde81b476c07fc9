import { testRule } from '@plumbline/testing';
import { rule } from './orphan-file.ts';

const path = 'app/extra.yaml';
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n';
const MARKED =
  'apiVersion: v1\nkind: ConfigMap # <-\nmetadata:\n  name: extra\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n';
const WEB = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n';
const K = 'app/kustomization.yaml';

/** A file that is no configuration, and is read only when it is asked for. */
function beside(...others: readonly (readonly [path: string, text: string])[]) {
  const run = {
    listInputs: () => [...others.map(([other]) => other), path, K],
    readInput: (wanted: string) =>
      others
        .filter(([other]) => other === wanted)
        .map(([other, text]) => ({ path: other, bytes: new TextEncoder().encode(text) }))
        .at(0),
  };
  return { path, yaml: MAP, files: LISTED, run };
}

const LISTED = { [K]: 'resources: [web.yaml]\n', 'app/web.yaml': WEB };
const NAMESAKE = { 'other/kustomization.yaml': 'resources: [extra.yaml]\n', 'other/extra.yaml': WEB };

testRule(rule, {
  valid: {
    'a script applies it': beside(['hack/deploy.sh', 'cd app\nkubectl apply -f extra.yaml\n']),
    'a Makefile applies it by a variable': beside(['Makefile', 'deploy:\n\tkubectl apply -f $(ROOT)/app/extra.yaml\n']),
    'a document speaks of one of several of the name': {
      ...beside(['README.md', 'In the folder `app`, edit `extra.yaml` and apply it.\n']),
      files: { ...LISTED, ...NAMESAKE },
    },
    'a script applies all of the folder': beside(['deploy.sh', 'kubectl apply -f ./app/\n']),
    'a script applies all of a folder above': {
      ...beside(['run', 'set -e\nkubectl apply --recursive -f "$HERE"/live\n']),
      path: 'live/app/extra.yaml',
      files: { 'live/app/kustomization.yaml': 'resources: [web.yaml]\n', 'live/app/web.yaml': WEB },
    },
    'a program takes all files of the folder': beside(['main.go', '//go:embed app/*.yaml\nvar files embed.FS\n']),
    'a script beside it applies its folder': beside(['app/apply.sh', 'kubectl apply -f .\n']),
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
    'others are spoken of, or the folder as a kustomization': {
      ...beside(
        ['README.md', 'kubectl apply -k app/ and see my-extra.yaml, or other/extra.yaml.\n'],
        ['data.bin', '\0extra.yaml'],
        ['logo.png', 'extra.yaml'],
        ['vendor/x/README.md', 'extra.yaml'],
      ),
      yaml: MARKED,
      files: { ...LISTED, ...NAMESAKE },
    },
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
