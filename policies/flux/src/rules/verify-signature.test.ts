import { testRule } from '@plumbline/testing';
import { rule } from './verify-signature.ts';

testRule(rule, {
  valid: {
    'an artifact that cosign signed': `
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: {name: shop, namespace: shop}
      spec:
        url: oci://registry.example.org/shop
        verify: {provider: cosign}
    `,
  },
  invalid: {
    'one that nobody looks at': {
      yaml: `
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: shop, namespace: shop}
        spec: # <-
          url: oci://registry.example.org/shop
      `,
      problems: [{ message: 'OCIRepository "shop" is not verified' }],
    },
  },
});
