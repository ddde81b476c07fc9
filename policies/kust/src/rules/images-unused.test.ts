import { testRule } from '@plumbline/testing';
import { BASE } from '../fixtures.ts';
import { rule } from './images-unused.ts';

const path = 'live/kustomization.yaml';

testRule(
  rule,
  {
    valid: {
      'an image that a container has': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        images:
          - name: ghcr.io/acme/web
            newTag: "2.0"
      `,
      },
      'a base whose entry serves an overlay that adds the container': {
        path: 'component/kustomization.yaml',
        files: { ...BASE, 'live/kustomization.yaml': 'resources: [../base]\ncomponents: [../component]\n' },
        yaml: `
        kind: Component
        apiVersion: kustomize.config.k8s.io/v1alpha1
        images:
          - name: ghcr.io/acme/web
            digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3
      `,
      },
    },
    invalid: {
      'a name without its registry, and one that is left over': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        images:
          - name: acme/web # <-
            newTag: "2.0"
          - name: ghcr.io/acme/web
            newTag: "2.0"
          - name: ghcr.io/acme/worker # <-
            newTag: "2.0"
      `,
        problems: [{ message: 'no container has the image "acme/web"', path: '/images/0/name' }, { path: '/images/2/name' }],
        fixed: `
        resources: [../base]
        images:
          - name: ghcr.io/acme/web
            newTag: "2.0"
      `,
      },
      'the only entry': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        images:
          - {name: wbe, newTag: "2.0"} # <-
      `,
        fixed: `
        resources: [../base]
      `,
      },
    },
  },
  { builds: true },
);
