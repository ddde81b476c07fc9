import { testRule } from '@plumbline/testing';
import { rule } from './namespace-hardcoded.ts';

const path = 'charts/web/templates/a.yaml';
const files = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };

testRule(rule, {
  valid: {
    'the namespace of the release, or none': {
      path,
      yaml: 'kind: A\nmetadata:\n  namespace: {{ .Release.Namespace }}\n---\nkind: B\nmetadata:\n  name: a\nspec:\n  namespace: other\n',
      files,
    },
    'a label of that name': { path, yaml: 'kind: A\nmetadata:\n  labels:\n      namespace: x\n', files },
  },
  invalid: {
    'a namespace in a template': {
      path,
      yaml: 'kind: A\nmetadata:\n  name: a\n  namespace: monitoring # <-\n---\nkind: B\nmetadata:\n  {{- if .Values.a }}\n  namespace: "x" # <-\n  {{- end }}\n',
      files,
      problems: [{ message: 'the namespace "monitoring" is written into the template', column: 14 }, { message: /"x"/ }],
    },
  },
});
