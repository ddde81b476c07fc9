import { testRule } from '@plumbline/testing';
import { rule } from './substitute-from-missing.ts';

const of = (postBuild: string): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: apps, namespace: flux-system}
  spec:
    postBuild: ${postBuild}
`;
const map = (data: string, namespace = 'flux-system'): string => `
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cluster-settings, namespace: ${namespace}}
  data: ${data}
`;

testRule(rule, {
  valid: {
    'one that is there, and one that may be made elsewhere': `${of('{substituteFrom: [{kind: ConfigMap, name: cluster-settings}, {kind: Secret, name: cluster-secrets}]}')}  ---${map('{CLUSTER_NAME: live, _zone: a}')}`,
    'one of the same name in another namespace': `${of('{substituteFrom: [{kind: ConfigMap, name: cluster-settings}]}')}  ---${map('{a-b: live}', 'shop')}`,
    'names that the build of a folder in sight speaks of': {
      yaml: `${of('{substitute: {cluster-name: live}}').replace('spec:', 'spec:\n    path: ./apps\n    sourceRef: {kind: GitRepository, name: flux-system}')}`,
      path: 'clusters/live/apps.yaml',
      files: { 'apps/map.yaml': map('{a: b}') },
    },
    'a slip, of one that need not be there': `${of('{substituteFrom: [{kind: ConfigMap, name: cluster-setitngs, optional: true}]}')}  ---${map('{a: b}')}`,
  },
  invalid: {
    'a slip': {
      yaml: `${of('{substituteFrom: [{kind: ConfigMap, name: cluster-setitngs}]} # <-')}  ---${map('{a: b}')}`,
      problems: [{ message: 'no ConfigMap "cluster-setitngs" in namespace "flux-system"; did you mean "cluster-settings"?' }],
    },
    'names with dashes and dots': {
      yaml: `${of('{substitute: {cluster-name: live}, substituteFrom: [{kind: ConfigMap, name: cluster-settings}]} # <-')}  ---${map('{values.yaml: ""}')}`,
      problems: [
        { message: '"cluster-name" is no name of a variable' },
        {
          message: 'key "values.yaml" of ConfigMap "cluster-settings" is no name of a variable',
          path: '/spec/postBuild/substituteFrom/0/name',
        },
      ],
    },
  },
});
