import { useSchemaLibrary } from '@plumbline/schema';
import { testRule } from '@plumbline/testing';
import { Ajv } from 'ajv';
import { rule } from './values-schema.ts';

useSchemaLibrary(() => Ajv);

const path = 'charts/a/Chart.yaml';
const CHART = 'apiVersion: v2\nname: a\nversion: 0.1.0\n';
const SCHEMA = JSON.stringify({
  type: 'object',
  required: ['host'],
  properties: {
    host: { type: 'string', minLength: 1 },
    port: { type: 'integer', maximum: 65535 },
    mode: { enum: ['fast', 'safe'] },
    store: { type: 'object', additionalProperties: false, properties: { size: { type: 'string' }, kept: { type: 'boolean' } } },
  },
});
const FILES = { 'charts/a/values.schema.json': SCHEMA, 'charts/a/values.yaml': 'host: ""\nport: 80\nstore:\n  size: 1Gi\n' };
const APPLIED = { [path]: CHART, ...FILES };

const SUBCHART = {
  'charts/a/charts/b/Chart.yaml': 'apiVersion: v2\nname: b\nversion: 1.0.0\n',
  'charts/a/charts/b/values.schema.json':
    '{"properties": {"size": {"type": "integer"}, "global": {"properties": {"region": {"type": "string"}}}}}',
};

testRule(rule, {
  valid: {
    'defaults that somebody has to replace': {
      path: 'charts/a/values.yaml',
      files: { [path]: CHART, 'charts/a/values.schema.json': SCHEMA },
      yaml: 'host: ""\nport: 80\nstore:\n  size: 1Gi\n',
    },
    'values of a test that fit, and null that takes a default away': {
      path: 'charts/a/ci/x-values.yaml',
      files: APPLIED,
      yaml: 'host: x\nport: null\n',
    },
    'no schema': { path: 'charts/a/values.yaml', files: { [path]: CHART }, yaml: 'port: x\n' },
    'a subchart that is switched off': {
      path: 'charts/a/values.yaml',
      files: { ...SUBCHART, [path]: `${CHART}dependencies:\n  - {name: b, version: 1.0.0, condition: b.enabled}\n` },
      yaml: 'b: {enabled: false, size: x}\n',
    },
    'what a release gives': {
      path: 'release.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: a, namespace: x}
        spec:
          interval: 1h
          chart: {spec: {chart: ./charts/a, sourceRef: {kind: GitRepository, name: x}}}
          values: {host: a.example.com, port: 8080}
      `,
    },
    'the schema is switched off': {
      path: 'app.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: a, namespace: argocd}
        spec:
          source: {repoURL: https://git.example.com/x.git, path: charts/a, helm: {skipSchemaValidation: true}}
      `,
    },
    'Flux puts another value in its place': {
      path: 'release.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: a, namespace: x}
        spec:
          chart: {spec: {chart: ./charts/a, sourceRef: {kind: GitRepository, name: x}}}
          values: {host: a.example.com, port: "\${PORT}"}
      `,
    },
  },
  invalid: {
    'defaults of another type': {
      path: 'charts/a/values.yaml',
      files: { [path]: CHART, 'charts/a/values.schema.json': SCHEMA },
      yaml: 'port: "80" # <-\nstore:\n  sise: 1Gi # <-\n',
      problems: [
        { message: 'value "port" must be an integer' },
        { message: 'value "store.sise" is none that the schema knows, did you mean "size"?' },
      ],
    },
    'values of a test': {
      path: 'charts/a/ci/x-values.yaml',
      files: APPLIED,
      yaml: 'mode: slow # <-\n',
      problems: [
        { message: 'value "host" has an empty default, which must NOT have fewer than 1 characters' },
        { message: 'value "mode" must be one of "fast", "safe"' },
      ],
    },
    'a default of null that has to be replaced': {
      path: 'charts/a/ci/x-values.yaml',
      files: { ...APPLIED, 'charts/a/values.yaml': 'host:\nport:\n' },
      yaml: 'mode: safe # <-\n',
      problems: [{ message: 'value "host" has an empty default, which must be a string' }],
    },
    'values for a subchart, and globals': {
      path: 'charts/a/values.yaml',
      files: { [path]: CHART, ...SUBCHART },
      yaml: 'b:\n  size: x # <-\nglobal:\n  region: 1 # <-\n',
      problems: [{ message: 'value "b.size" must be an integer' }, { message: 'value "b.global.region" must be a string' }],
    },
    'a schema that is none': {
      path: 'charts/a/values.schema.json',
      files: { [path]: CHART },
      yaml: '{\n  "properties": {\n    "a": {"type": "text"}\n  }\n}\n',
      problems: [
        {
          line: 3,
          message: 'the schema is not valid: "properties.a.type" must be one of array, boolean, integer, null, number, object, string',
        },
      ],
    },
    'no JSON': {
      path: 'charts/a/values.schema.json',
      files: { [path]: CHART },
      yaml: 'properties: {}\n',
      problems: [{ line: 1, message: 'this is no JSON, so that Helm reads no schema' }],
    },
    'the values file that an application names': {
      path: 'charts/a/values-live.yaml',
      files: {
        ...APPLIED,
        'app.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec:
  source:
    repoURL: https://git.example.com/x.git
    path: charts/a
    helm: {valueFiles: [values-live.yaml], valuesObject: {host: a.example.com, mode: safe}}
`,
      },
      yaml: 'port: http # <-\nmode: slow\n',
      problems: [{ message: 'value "port" must be an integer' }],
    },
    'what a release gives, and what it leaves empty': {
      path: 'release.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: a, namespace: x}
        spec:
          chart: {spec: {chart: ./charts/a, sourceRef: {kind: GitRepository, name: x}}}
          values: # <-
            port: 70000 # <-
      `,
      problems: [
        { message: 'value "host" has an empty default, which must NOT have fewer than 1 characters' },
        { message: 'value "port" must be <= 65535' },
      ],
    },
    'what an application gives': {
      path: 'app.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: a, namespace: argocd}
        spec:
          source:
            repoURL: https://git.example.com/x.git
            path: charts/a
            helm:
              valuesObject:
                host: a.example.com
                mode: slower # <-
      `,
      problems: [{ message: 'value "mode" must be one of "fast", "safe"' }],
    },
    'values in a text': {
      path: 'app.yaml',
      files: APPLIED,
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: a, namespace: argocd}
        spec:
          source:
            repoURL: https://git.example.com/x.git
            path: charts/a
            helm:
              values: | # <-
                host: a.example.com
                port: http
      `,
      problems: [{ message: 'value "port" must be an integer' }],
    },
  },
});
