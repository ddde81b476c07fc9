import { testRule } from '@plumbline/testing';
import { rule } from './lookup-capabilities.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';
const path = 'charts/web/templates/a.yaml';
const files = { 'charts/web/Chart.yaml': CHART };
const ARGO = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec: {source: {repoURL: https://example.com/x, path: charts/web}}
`;

testRule(rule, {
  valid: {
    'what is the same each time': {
      path,
      yaml: 'a: {{ .Values.a | sha256sum }}\n{{ if .Capabilities.APIVersions.Has "batch/v1" }}{{ end }}\n',
      files,
    },
    'a value that may be given': { path, yaml: 'a: {{ .Values.a | default (randAlphaNum 8) }}\n', files },
    'what is kept where Flux or a person installs the chart': {
      path,
      yaml: '{{ $old := lookup "v1" "Secret" "a" "b" }}\n{{ if not $old }}\na: {{ randAlphaNum 8 }}\n{{ end }}\n',
      files,
    },
  },
  invalid: {
    'another result each time': {
      path,
      yaml: 'a: {{ randAlphaNum 8 | b64enc }} # <-\nb: {{ now | quote }} # <-\n{{ $ca := genCA "x" 10 }} # <-\n',
      files,
      problems: [
        { message: '"randAlphaNum" gives another result each time the chart is rendered', column: 4 },
        { message: '"now" gives another result each time the chart is rendered' },
        { message: '"genCA" gives another result each time the chart is rendered' },
      ],
    },
    'nothing to look up for Argo CD': {
      path,
      yaml: '{{ $old := lookup "v1" "Secret" "a" "b" }} # <-\n',
      files: { ...files, 'argocd/web.yaml': ARGO },
      problems: [{ message: '"lookup" finds nothing where Argo CD renders the chart' }],
    },
  },
});
