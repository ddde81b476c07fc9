import { testRule } from '@plumbline/testing';
import { rule } from './crds-placement.ts';

const path = 'charts/web/templates/site.yaml';
const CHART = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: sites.example.com
spec:
  group: example.com
  names:
    kind: Site
    plural: sites
  scope: Namespaced
`;
const site = (more = ''): string => `apiVersion: example.com/v1\nkind: Site\nmetadata:\n  name: a\n${more}`;

testRule(rule, {
  valid: {
    'a definition in crds/': { path, yaml: site(), files: { ...CHART, 'charts/web/crds/site.yaml': DEFINITION } },
    'a definition of which nothing is made': {
      path: 'charts/web/templates/crd.yaml',
      yaml: DEFINITION,
      files: { ...CHART, 'charts/web/templates/other.yaml': site().replace('example.com/v1', 'example.org/v1') },
    },
    'a hook': {
      path,
      yaml: site('  annotations:\n    helm.sh/hook: post-install\n'),
      files: { ...CHART, 'charts/web/templates/crd.yaml': DEFINITION },
    },
    'a kind that a value names': {
      path,
      yaml: site(),
      files: { ...CHART, 'charts/web/templates/crd.yaml': DEFINITION.replace('kind: Site', 'kind: {{ .Values.kind }}') },
    },
  },
  invalid: {
    'a definition and an object of its kind': {
      path,
      yaml: site().replace('kind: Site', 'kind: Site # <-'),
      files: { ...CHART, 'charts/web/templates/crd.yaml': `{{- if .Values.crds }}${DEFINITION}{{- end }}\n` },
      problems: [
        {
          message:
            'the definition of Site is a template too (charts/web/templates/crd.yaml): Helm knows the kind only after it is installed',
        },
      ],
    },
  },
});
