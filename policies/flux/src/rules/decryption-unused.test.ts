import { testRule } from '@plumbline/testing';
import { rule } from './decryption-unused.ts';

const of = (path: string): string => `
  apiVersion: kustomize.toolkit.fluxcd.io/v1
  kind: Kustomization
  metadata: {name: apps, namespace: flux-system}
  spec:
    path: ${path}
    decryption: {provider: sops}
    sourceRef: {kind: GitRepository, name: flux-system}
`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cart}\n';

testRule(rule, {
  valid: {
    'an input of a generator, and a base elsewhere': {
      yaml: `${of('./apps')}  ---${of('./infra')}`,
      path: 'clusters/live/apps.yaml',
      files: {
        'apps/a.yaml': `${map}data: {a: "ENC[AES256_GCM,data:A]"}\n`,
        'infra/kustomization.yaml': 'resources: [../base]\n',
        'base/a.yaml': map,
      },
    },
  },
  invalid: {
    'plain maps only': {
      yaml: of('./apps').replace('decryption: {provider: sops}', 'decryption: {provider: sops} # <-'),
      path: 'clusters/live/apps.yaml',
      files: { 'apps/a.yaml': map },
      problems: [{ message: 'nothing in "./apps" is encrypted', path: '/spec/decryption' }],
    },
  },
});
