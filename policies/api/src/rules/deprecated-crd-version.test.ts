import { testRule } from '@plumbline/testing';
import { rule } from './deprecated-crd-version.ts';

testRule(rule, {
  valid: {
    'another kind of the same group, whose version is current': `
      apiVersion: external-secrets.io/v1alpha1
      kind: PushSecret
      metadata:
        name: shop
    `,
    'the current version': `
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: shop
    `,
  },
  invalid: {
    'a version that is going': {
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2beta1 # <-
        kind: HelmRelease
        metadata:
          name: shop
      `,
      problems: [
        {
          message: '"helm.toolkit.fluxcd.io/v2beta1" HelmRelease is deprecated (since Flux 2.3): use helm.toolkit.fluxcd.io/v2',
          severity: 'warning',
        },
      ],
    },
    'a group that is gone': {
      yaml: `
        apiVersion: traefik.containo.us/v1alpha1 # <-
        kind: IngressRoute
        metadata:
          name: shop
      `,
      problems: [{ message: '"traefik.containo.us/v1alpha1" IngressRoute is removed (since Traefik 3.0): use traefik.io/v1alpha1' }],
    },
  },
});
