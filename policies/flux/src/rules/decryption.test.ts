import { testRule } from '@plumbline/testing';
import { rule } from './decryption.ts';

const of = (path: string, more = '', mark = ''): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: apps, namespace: flux-system}
  spec:${mark}
    path: ${path}
    sourceRef: {kind: GitRepository, name: flux-system}${more}
`;
const secret = (kind: string): string => `
  apiVersion: v1
  kind: ${kind}
  metadata: {name: cart}
  stringData: {password: "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]"}
  sops: {mac: "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]", version: 3.9.0}
`;
const files = {
  'apps/cart/kustomization.yaml': 'resources: [../base]\n',
  'apps/base/kustomization.yaml': 'resources: [secret.yaml]\n',
  'apps/base/secret.yaml': secret('Secret'),
  'apps/base/unlisted.yaml': secret('Secret'),
  'plain/secret.yaml': secret('SopsSecret'),
};

testRule(rule, {
  valid: {
    'what an operator decrypts, and a file that is not part of the build': {
      yaml: `${of('./plain')}  ---${of('./infra')}`,
      path: 'clusters/live/apps.yaml',
      files: { ...files, 'infra/kustomization.yaml': 'resources: []\n', 'infra/secret.yaml': secret('Secret') },
    },
    'one that decrypts': { yaml: of('./apps/cart', '\n    decryption: {provider: sops}'), path: 'clusters/live/apps.yaml', files },
    'one that gets it from the object that applies it': {
      yaml: of('./apps/cart'),
      path: 'clusters/live/apps.yaml',
      files: {
        ...files,
        'flux/root.yaml': of(
          './clusters/live',
          '\n    patches: [{patch: "{spec: {decryption: {provider: sops}}}", target: {kind: Kustomization}}]',
        ),
      },
    },
  },
  invalid: {
    'a secret of its base': {
      yaml: of('./apps/cart', '', ' # <-'),
      path: 'clusters/live/apps.yaml',
      files,
      problems: [{ message: 'no "decryption", though SOPS has encrypted "apps/base/secret.yaml"' }],
    },
    'a folder as it lies': {
      yaml: of('./infra', '', ' # <-'),
      path: 'clusters/live/apps.yaml',
      files: { 'infra/a/secret.yaml': secret('Secret'), 'infra/b.yaml': secret('Secret') },
      problems: [{ message: 'no "decryption", though SOPS has encrypted "infra/a/secret.yaml" and 1 more', path: '/spec' }],
    },
  },
});
