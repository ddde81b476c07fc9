import { testRule } from '@plumbline/testing';
import { rule } from './depends-on.ts';

const of = (kind: string, name: string, dependsOn = '[]'): string => `
apiVersion: ${kind === 'Kustomization' ? 'kustomize.toolkit.fluxcd.io/v1' : 'helm.toolkit.fluxcd.io/v2'}
kind: ${kind}
metadata: {name: ${name}, namespace: flux-system}
spec:
  dependsOn: ${dependsOn}
`;

testRule(rule, {
  valid: {
    'one that is there, and one that may be kept elsewhere': {
      yaml: of('Kustomization', 'apps', '[{name: infra}, {name: storage-of-the-platform}]'),
      files: { 'infra.yaml': of('Kustomization', 'infra') },
    },
    'another namespace': {
      yaml: of('Kustomization', 'apps', '[{name: infra, namespace: platform}]'),
      files: { 'infra.yaml': of('Kustomization', 'infra').replace('flux-system', 'platform') },
    },
  },
  invalid: {
    'a release that waits for a Kustomization': {
      yaml: of('HelmRelease', 'cart', '[{name: infra}] # <-'),
      files: { 'infra.yaml': of('Kustomization', 'infra') },
      problems: [{ message: '"infra" is a Kustomization: a HelmRelease can only wait for a HelmRelease', path: '/spec/dependsOn/0/name' }],
    },
    'one of another namespace, of which nothing is said': {
      yaml: of('Kustomization', 'apps', '[{name: infra}] # <-'),
      files: { 'infra.yaml': of('Kustomization', 'infra').replace('flux-system', 'platform') },
      problems: [{ message: 'no Kustomization "infra" in namespace "flux-system", only in "platform"' }],
    },
  },
});
