import { testRule } from '@plumbline/testing';
import { rule } from './git-ref-branch.ts';

const source = (ref: string): string => `
  apiVersion: source.toolkit.fluxcd.io/v1
  kind: GitRepository
  metadata: {name: shop, namespace: flux-system}
  spec:
    url: https://git.example.org/shop
    ${ref}
`;

testRule(rule, {
  valid: {
    'a tag': source('ref: {tag: v1.2.3}'),
    'a commit of a branch': source('ref: {branch: main, commit: 5394cb7f48332b2de7c17dd8b8384bbc84b7e738}'),
  },
  invalid: {
    'a branch': {
      yaml: source('ref: {branch: main} # <-'),
      problems: [{ message: 'the source follows the branch "main"', severity: 'info' }],
    },
    'a tag that a range overrules': {
      yaml: source('ref: {tag: v1.2.3, semver: 1.x} # <-'),
      problems: [{ message: '"tag" is ignored beside "semver"', severity: 'warning', path: '/spec/ref/tag' }],
    },
    'nothing at all': {
      yaml: source('interval: 1h').replace('spec:', 'spec: # <-'),
      problems: [{ message: 'no reference: Flux takes the branch "master", which may not be there' }],
    },
  },
});
