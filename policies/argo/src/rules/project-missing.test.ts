import { testRule } from '@plumbline/testing';
import { rule } from './project-missing.ts';

const app = (destination: string, project = 'payments', url = 'https://git.example.org/team/shop.git', namespace = 'argocd'): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: shop, namespace: ${namespace}}
  spec:
    project: ${project}
    source: {repoURL: '${url}', path: apps}
    destination: ${destination}
`;
const project = (spec: string, name = 'payments'): Record<string, string> => ({
  'project.yaml': `
    apiVersion: argoproj.io/v1alpha1
    kind: AppProject
    metadata: {name: ${name}, namespace: argocd}
    spec: ${spec}
  `,
});
const open = "sourceRepos: ['*']";
const shop = '{server: https://kubernetes.default.svc, namespace: shop}';

testRule(rule, {
  valid: {
    'a project that may be kept elsewhere, and the default': `${app(shop)}  ---${app(shop, 'default')}`,
    'the cluster of Argo CD by its other name': {
      yaml: app(shop),
      files: project(`{${open}, destinations: [{name: in-cluster, namespace: 's*'}]}`),
    },
    'another cluster, of which only the address is known': {
      yaml: app('{server: https://live.example.org, namespace: shop}'),
      files: project(`{${open}, destinations: [{name: live, namespace: shop}]}`),
    },
    'refusals among the destinations': {
      yaml: app(shop),
      files: project(`{${open}, destinations: [{server: '*', namespace: '!kube-system'}]}`),
    },
    'repositories below a folder, and another way to write them': {
      yaml: app(shop, 'payments', 'git@git.example.org:team/Shop.git'),
      files: project("{sourceRepos: ['ssh://git@git.example.org/**'], destinations: [{server: '*', namespace: '*'}]}"),
    },
    'an Application of a team': {
      yaml: app(shop, 'payments', 'https://git.example.org/team/shop.git', 'team-a'),
      files: project(`{${open}, sourceNamespaces: [team-*], destinations: [{server: '*', namespace: '*'}]}`),
    },
    'what a generator fills in': { yaml: app("{server: '{{server}}', namespace: shop}"), files: project(`{${open}, destinations: []}`) },
  },
  invalid: {
    'a slip': {
      yaml: app(shop, 'paymnets').replace('paymnets', 'paymnets # <-'),
      files: project('{}'),
      problems: [{ message: 'no AppProject "paymnets"; did you mean "payments"?', path: '/spec/project' }],
    },
    'a namespace that is not permitted': {
      yaml: app(`${shop} # <-`),
      files: project(`{${open}, destinations: [{server: https://kubernetes.default.svc, namespace: payments}]}`),
      problems: [{ message: 'project "payments" does not permit namespace "shop" of cluster "in-cluster"', path: '/spec/destination' }],
    },
    'a repository one folder too deep, and one that is refused': {
      yaml: app(shop).replace('path: apps}', 'path: apps} # <-'),
      files: project("{sourceRepos: ['https://git.example.org/*'], destinations: [{server: '*', namespace: '*'}]}"),
      problems: [
        {
          message: 'project "payments" does not permit the repository "https://git.example.org/team/shop.git"',
          path: '/spec/source/repoURL',
        },
      ],
    },
    'a namespace that the project does not know': {
      yaml: app(shop, 'payments', 'https://git.example.org/team/shop.git', 'team-a').replace('team-a}', 'team-a} # <-'),
      files: project(`{${open}, destinations: [{server: '*', namespace: '*'}]}`),
      problems: [{ message: 'project "payments" takes no Applications from namespace "team-a"' }],
    },
  },
});
