import { testRule } from '@plumbline/testing';
import { rule } from './image-policy-marker.ts';

const map = (marker: string): string => `
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cart}
  data:
    image: registry.example.org/cart:1.2.3 # ${marker}
`;
const files = {
  'policy.yaml': 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: podinfo, namespace: flux-system}\n',
};

testRule(rule, {
  valid: {
    'a policy, a part of the image, and one that may be kept elsewhere': {
      yaml: [
        map('{"$imagepolicy": "flux-system:podinfo"}'),
        map('{"$imagepolicy": "flux-system:podinfo:tag"}'),
        map('{"$imagepolicy": "flux-system:cart"}'),
        map('see $imagepolicy in the manual'),
      ].join('  ---'),
      files,
    },
  },
  invalid: {
    'markers that nobody can read': {
      yaml: [
        map('{"$imagepolicy": "podinfo"} # <-'),
        map('{"$imagepolicy": "flux-system:podinfo:version"} # <-'),
        map('{$imagepolicy: "flux-system:podinfo"} # <-'),
        map('{"$imagepolicy": "flux-system:podinfo"} for now # <-'),
      ].join('  ---'),
      files,
      problems: [
        { message: '"podinfo" is not NAMESPACE:NAME, with :tag, :name or :digest at most', column: 44 },
        { message: '"flux-system:podinfo:version" is not NAMESPACE:NAME, with :tag, :name or :digest at most' },
        { message: 'the marker is no JSON object with one text under "$imagepolicy"' },
        { message: 'the marker is no JSON object with one text under "$imagepolicy"' },
      ],
    },
    'another namespace, below a kustomization that is built': {
      yaml: map('{"$imagepolicy": "apps:podinfo"} # <-'),
      path: 'app/map.yaml',
      files: { ...files, 'app/kustomization.yaml': 'namePrefix: a-\nresources: [map.yaml]\n' },
      problems: [{ message: 'no ImagePolicy "podinfo" in namespace "apps", only in "flux-system"' }],
    },
    'a kustomization': {
      yaml: 'images:\n  - name: podinfo\n    newTag: 6.0.0 # {"$imagepolicy": "flux-system:podinof:tag"} # <-\n',
      path: 'kustomization.yaml',
      files,
      problems: [{ message: 'no ImagePolicy "podinof" in namespace "flux-system"; did you mean "podinfo"?' }],
    },
  },
});
