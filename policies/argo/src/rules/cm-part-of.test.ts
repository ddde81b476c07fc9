import { testRule } from '@plumbline/testing';
import { rule } from './cm-part-of.ts';

const map = (name: string, more = '', mark = ''): string => `
  apiVersion: v1
  kind: ConfigMap
  metadata:${mark}
    name: ${name}${more}
  data:
    url: https://argocd.example.org
`;

testRule(rule, {
  valid: {
    'one that is read by name, and one of somebody else': `${map('argocd-rbac-cm')}  ---${map('shop')}`,
    'a patch of a kustomization': {
      yaml: map('argocd-cm'),
      files: { 'kustomization.yaml': 'resources: [https://example.org/argocd.yaml]\npatches:\n  - path: case.yaml\n' },
    },
  },
  invalid: {
    'no labels': {
      yaml: map('argocd-cm', '', ' # <-'),
      problems: [{ message: 'no label app.kubernetes.io/part-of: Argo CD does not see this ConfigMap' }],
      fixed: map('argocd-cm', '\n    labels:\n      app.kubernetes.io/part-of: argocd'),
    },
    'other labels': {
      yaml: map('argocd-cm', '\n    labels: # <-\n      app.kubernetes.io/name: argocd-cm'),
      problems: [{ message: 'no label app.kubernetes.io/part-of: Argo CD does not see this ConfigMap', path: '/metadata/labels' }],
    },
    'another value': {
      yaml: map('argocd-cm', '\n    labels:\n      app.kubernetes.io/part-of: shop # <-'),
      problems: [{ message: 'label app.kubernetes.io/part-of is not "argocd"' }],
      fixed: map('argocd-cm', '\n    labels:\n      app.kubernetes.io/part-of: argocd'),
    },
  },
});
