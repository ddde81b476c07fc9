import { testRule } from '@plumbline/testing';
import { rule } from './oci-digest.ts';

const source = (ref: string): string => `
  apiVersion: source.toolkit.fluxcd.io/v1
  kind: OCIRepository
  metadata: {name: shop, namespace: flux-system}
  spec:
    url: oci://registry.example.org/shop
    ${ref}
`;

testRule(rule, {
  valid: {
    'a tag': source('ref: {tag: 1.2.3}'),
    'a digest, which overrules the tag': source('ref: {tag: latest, digest: "sha256:abc"}'),
    'a series': source('ref: {semver: 1.x}'),
    'one that is filled in': source('ref: {tag: "${version}"}'),
  },
  invalid: {
    'the tag that moves': {
      yaml: source('ref: {tag: latest} # <-'),
      problems: [{ message: 'the tag "latest" moves', path: '/spec/ref/tag' }],
    },
    'any version': { yaml: source('ref: {semver: "*"} # <-'), problems: [{ message: 'version "*" has no upper end' }] },
    'nothing at all': {
      yaml: source('interval: 1h').replace('spec:', 'spec: # <-'),
      problems: [{ message: 'no reference: Flux takes the tag "latest"' }],
    },
  },
});
