import { testRule } from '@plumbline/testing';
import { rule } from './application-source-path.ts';

const app = (source: string, name = 'shop'): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: ${name}, namespace: argocd}
  spec:
    source:
      repoURL: git@git.example.org:team/shop.git
      ${source}
`;
const files = {
  'apps/cart/values.yaml': 'replicas: 3\n',
  'apps/cart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
  'live/cart.yaml': 'replicas: 5\n',
  'argocd/cart.yaml': app('path: apps/cart', 'cart').replace('git@git.example.org:team/shop.git', 'ssh://git@git.example.org/Team/shop'),
};

testRule(rule, {
  valid: {
    'folders that are there, and value files from each root': {
      yaml: app(
        'path: ./apps/cart/\n      helm: {valueFiles: [values.yaml, ../../live/cart.yaml, /live/cart.yaml, "https://example.org/a.yaml"]}',
      ),
      files,
    },
    'another repository, another revision, a chart': {
      yaml: [
        app('path: gone').replace('git@git.example.org:team/shop.git', 'https://git.example.org/other.git'),
        app('{path: gone, targetRevision: v1.2.3}').replace('{path', 'path').replace(', target', '\n      target').replace('3}', '3'),
        app('chart: gone'),
        app('path: "{{path}}"'),
      ].join('  ---'),
      files,
    },
    'another repository that has a folder of a common name': {
      yaml: `${app('path: deploy', 'a')}  ---${app('path: helm', 'b')}`.replaceAll(
        'git@git.example.org:team/shop.git',
        'https://git.example.org/service.git',
      ),
      files: { ...files, 'deploy/a.yaml': 'a: b\n' },
    },
    'value files that need not be there': {
      yaml: app('path: apps/cart\n      helm: {ignoreMissingValueFiles: true, valueFiles: [gone.yaml]}'),
      files,
    },
  },
  invalid: {
    'a slip': { yaml: app('path: apps/crat # <-'), files, problems: [{ message: 'path "apps/crat" does not exist in the repository' }] },
    'a longer slip': {
      yaml: app('path: monitornig/base # <-'),
      files: { ...files, 'monitoring/base/a.yaml': 'a: b\n' },
      problems: [
        { message: 'path "monitornig/base" does not exist in the repository; did you mean "monitoring/base"?', path: '/spec/source/path' },
      ],
    },
    'value files that are not there': {
      yaml: app('path: apps/cart\n      helm: {valueFiles: [live.yaml, /apps/live.yaml]} # <-'),
      files,
      problems: [
        { message: 'value file "live.yaml" does not exist', path: '/spec/source/helm/valueFiles/0' },
        { message: 'value file "/apps/live.yaml" does not exist' },
      ],
    },
    'a value file of another source': {
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: shop, namespace: argocd}
        spec:
          sources:
            - repoURL: git@git.example.org:team/shop.git
              path: apps/cart
              helm:
                valueFiles: [$values/live/cart.yaml, $values/live/crat.yaml] # <-
            - repoURL: git@git.example.org:team/shop.git
              ref: values
      `,
      files,
      problems: [
        {
          message: 'value file "$values/live/crat.yaml" does not exist; did you mean the file "live/cart.yaml"?',
          path: '/spec/sources/0/helm/valueFiles/1',
        },
      ],
    },
  },
});
