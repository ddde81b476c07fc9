import { testRule } from '@plumbline/testing';
import { rule } from './value-unused.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';
const path = 'charts/web/Chart.yaml';
const TEMPLATE = 'image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n{{- if .Values.on }}\non: true\n{{- end }}\n';
const release = (values: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: shop}
spec:
  chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: shop}}}
  values:
${values.replace(/^/gm, '    ')}
`;
const chart = { 'charts/web/Chart.yaml': CHART, 'charts/web/templates/a.yaml': TEMPLATE };

testRule(rule, {
  valid: {
    'values that are read': {
      path,
      yaml: CHART,
      files: { 'charts/web/values.yaml': 'image:\n  repository: a\n  tag: b\non: true\n', 'charts/web/templates/a.yaml': TEMPLATE },
    },
    'a chart that hands all values to what is not in sight': {
      path,
      yaml: CHART,
      files: { 'charts/web/values.yaml': 'other: 1\n', 'charts/web/templates/a.yaml': '{{ include "common.all" . }}' },
    },
    'a template that is not understood': {
      path,
      yaml: CHART,
      files: { 'charts/web/values.yaml': 'other: 1\n', 'charts/web/templates/a.yaml': '{{ if }}' },
    },
    'what belongs to charts below, to all, and to conditions': {
      path,
      yaml: `${CHART}dependencies:\n- {name: redis, alias: cache, version: 1.0.0, repository: "https://example.com", condition: cacheOn.yes}\n`,
      files: {
        'charts/web/values.yaml': 'cache: {size: 1}\nglobal: {a: 1}\ntags: {x: true}\ncacheOn: {yes: true}\n',
        'charts/web/templates/a.yaml': 'a: 1\n',
      },
    },
    'a value that a template in another value reads': {
      path,
      yaml: CHART,
      files: {
        'charts/web/values.yaml': 'text: "{{ .Values.other }}"\nother: 1\n',
        'charts/web/templates/a.yaml': '{{ tpl .Values.text . }}',
      },
    },
    'an item of a list, and a mapping that is printed whole': {
      path,
      yaml: CHART,
      files: {
        'charts/web/values.yaml': 'hosts: [{host: a}]\nresources: {limits: {cpu: 1}}\n',
        'charts/web/templates/a.yaml': '{{ range .Values.hosts }}{{ .name }}{{ end }}{{ toYaml .Values.resources }}',
      },
    },
    'a chart of somebody else': {
      yaml: release('nope: 1').replace('kind: GitRepository', 'kind: HelmRepository'),
      files: chart,
    },
    'a release with values that are read': { yaml: release('image: {tag: "2"}'), files: chart },
  },
  invalid: {
    'a slip in the values of the chart': {
      yaml: 'image:\n  repository: a\n  tga: b # <-\nrest: # <-\n  of: 1\n',
      path: 'charts/web/values.yaml',
      files: chart,
      problems: [{ message: 'the chart reads no value "image.tga", did you mean "tag"?' }, { message: 'the chart reads no value "rest"' }],
    },
    'a slip in the values of a release': {
      yaml: release('image:\n  tag: "2"\n  repositry: x # <-'),
      files: chart,
      problems: [
        { message: 'the chart reads no value "image.repositry", did you mean "repository"?', path: '/spec/values/image/repositry' },
      ],
    },
    'a slip in the values of an application': {
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: web, namespace: argocd}
        spec:
          source:
            repoURL: https://example.com/x
            path: charts/web
            helm:
              valuesObject:
                onn: true # <-
      `,
      files: chart,
      problems: [{ message: 'the chart reads no value "onn", did you mean "on"?' }],
    },
  },
});
