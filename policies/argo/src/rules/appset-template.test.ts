import { testRule } from '@plumbline/testing';
import { rule } from './appset-template.ts';

const set = (generators: string, name: string, more = '', spec = '{}'): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: ApplicationSet
  metadata: {name: shop, namespace: argocd}
  spec:
    generators: ${generators}${more}
    template:
      metadata:
        name: ${name}
      spec: ${spec}
`;
const list = '[{list: {elements: [{cluster: live, url: a, values: {tier: gold}}, {cluster: qa, url: b}]}}]';
const go = '\n    goTemplate: true\n    goTemplateOptions: [missingkey=error]';

testRule(rule, {
  valid: {
    'parameters of lists, clusters, folders, and both of two': [
      set(list, "'{{cluster}}-{{ url }}'", '', "{project: '{{values.tier}}'}"),
      set('[{clusters: {values: {tier: gold}}}]', "'{{nameNormalized}}'", '', "{project: '{{metadata.labels.team}}-{{values.tier}}'}"),
      set("[{git: {directories: [{path: 'apps/*'}]}}]", "'{{path.basename}}-{{path[0]}}'", '', "{project: '{{path}}'}"),
      set("[{matrix: {generators: [{clusters: {}}, {git: {directories: [{path: '*'}]}}]}}]", "'{{name}}-{{path.basename}}'"),
    ].join('  ---'),
    'files, which hold what they hold': set("[{git: {files: [{path: '**/config.json'}]}}]", "'{{anything.at.all}}'"),
    "Go's templates": [
      set(
        list,
        "'{{.cluster}}'",
        go,
        `{project: '{{if eq .cluster "live"}}a{{end}}', a: '{{ .team | default "none" }}', b: '{{ dig "a" "b" . }}'}`,
      ),
      set(list, "'{{.cluster}}'", go, "{project: '{{range .labels}}{{.name}}{{end}}'}"),
      set("[{git: {directories: [{path: 'apps/*'}]}}]", "'{{.path.basename}}-{{index .path.segments 1}}'", go),
    ].join('  ---'),
    'a template of a generator': set('[{list: {elements: [{a: b}], template: {}}}]', "'{{cluster}}'"),
  },
  invalid: {
    'a slip': {
      yaml: set(list, "'{{clutser}}-{{url}}' # <-"),
      problems: [{ message: 'no generator gives the parameter "clutser"; did you mean "cluster"?', path: '/spec/template/metadata/name' }],
    },
    'a tag that is not closed': {
      yaml: set(list, "'{{cluster}' # <-"),
      problems: [{ message: 'a tag "{{" of the template is not closed' }],
    },
    'a block without an end': {
      yaml: set(list, "'{{.cluster}}'", go, "{project: '{{if .a}}b'} # <-"),
      problems: [{ message: 'the template has a block without an "end"' }],
    },
    'dots where there are none, and none where there are': {
      yaml: `${set(list, "'{{.cluster}}' # <-")}  ---${set(list, "'{{cluster}}' # <-", go)}`,
      problems: [
        { message: '"{{.cluster}}" is written for goTemplate, which is not set: it stays as it is' },
        { message: '"{{cluster}}" is not Go\'s: write "{{.cluster}}"' },
      ],
    },
    'one name for two': {
      yaml: `${set(list, 'shop # <-')}  ---${set('[{list: {elements: [{a: b, c: d}, {a: b, c: e}]}}]', "'{{a}}' # <-")}`,
      problems: [{ message: 'two Applications get the name "shop"' }, { message: 'two Applications get the name "b"' }],
    },
    'a parameter that may be missing unseen': {
      yaml: set(list, "'{{.cluster}}'", '\n    goTemplate: true # <-'),
      problems: [
        { message: 'without goTemplateOptions ["missingkey=error"] a parameter that is missing becomes "<no value>"', severity: 'info' },
      ],
    },
    'a folder that a generator of clusters does not know': {
      yaml: set('[{clusters: {}}]', "'{{name}}'", '', "{source: {path: '{{path}}'}} # <-"),
      problems: [{ message: 'no generator gives the parameter "path"', path: '/spec/template/spec/source/path' }],
    },
  },
});
