import { testRule } from '@plumbline/testing';
import { rule } from './appset-generator-empty.ts';

const set = (git: string, url = 'https://git.example.org/shop.git'): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: ApplicationSet
  metadata: {name: shop, namespace: argocd}
  spec:
    generators:
      - git:
          repoURL: ${url}
          ${git}
`;
const files = { 'apps/cart/a.yaml': 'a: b\n', 'apps/legacy/old/a.yaml': 'a: b\n', 'clusters/live/config.json': '{}\n' };

testRule(rule, {
  valid: {
    'folders and files': {
      yaml: [
        set("directories: [{path: 'apps/*'}]"),
        set("directories: [{path: 'apps/*'}, {path: apps/legacy, exclude: true}]"),
        set("files: [{path: 'clusters/**/config.json'}]"),
        set('files: [{path: clusters/live/config.json}]'),
        set("directories: [{path: 'apps/*/*'}]"),
        set("directories: [{path: '*'}]"),
      ].join('  ---'),
      files,
    },
    'another repository, and another revision': {
      yaml: `${set("directories: [{path: 'gone/*'}]", 'https://git.example.org/other.git')}  ---${set("{directories: [{path: 'gone/*'}], revision: v1}").replace('{dir', 'dir').replace(', rev', '\n          rev').replace('v1}', 'v1')}`,
      files: { ...files, 'sets.yaml': set("directories: [{path: 'apps/*'}]") },
    },
  },
  invalid: {
    'a folder that is not there': {
      yaml: `${set("directories: [{path: 'apps/*'}]")}  ---${set("directories: [{path: 'services/*'}] # <-")}`,
      files,
      problems: [{ message: 'the generator finds nothing: no folder matches "services/*"', path: '/spec/generators/0/git/directories' }],
    },
    'files of another name': {
      yaml: set("files: [{path: 'clusters/**/config.yaml'}] # <-"),
      files,
      problems: [{ message: 'the generator finds nothing: no file matches "clusters/**/config.yaml"' }],
    },
  },
});
