import { testRule } from '@plumbline/testing';
import { rule } from './value-undefined.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';
const path = 'charts/web/templates/a.yaml';
const files = { 'charts/web/Chart.yaml': CHART, 'charts/web/values.yaml': 'a: 1\nimage: {tag: x}\nempty: null\n' };

testRule(rule, {
  valid: {
    'values with a default': { path, yaml: 'a: {{ .Values.a }}\nb: {{ .Values.image.tag }}\nc: {{ .Values.empty }}\n', files },
    'values that may be missing': {
      path,
      yaml: 'a: {{ .Values.x | default 1 }}\n{{ with .Values.y }}{{ .z }}{{ end }}{{ if .Values.p }}{{ .Values.p.q }}{{ end }}\nr: {{ required "r" .Values.r }}\n',
      files,
    },
    'a chart without values of its own': { path, yaml: 'a: {{ .Values.x }}\n', files: { 'charts/web/Chart.yaml': CHART } },
    'what is not understood': { path, yaml: 'a: {{ .Values.x }}{{ if }}\n', files },
    'what all charts are given': { path, yaml: 'a: {{ .Values.global.x }}\n', files },
  },
  invalid: {
    'a value without a default': {
      path,
      yaml: 'a: {{ .Values.image.tga }} # <-\nb: {{ .Values.other }} # <-\nc: {{ .Values.other }}\n',
      files,
      problems: [
        { message: 'value "image.tga" is read and has no default in values.yaml', column: 4 },
        { message: 'value "other" is read and has no default in values.yaml' },
      ],
    },
  },
});
