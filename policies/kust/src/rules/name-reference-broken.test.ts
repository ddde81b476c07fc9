import { testRule } from '@plumbline/testing';
import { rule } from './name-reference-broken.ts';

const path = 'app/release.yaml';
const RELEASE = (mark = ''): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\nspec:\n  valuesFrom:\n    - kind: ConfigMap\n      name: web-values${mark}\n`;
const K = 'app/kustomization.yaml';
const GENERATED = 'resources: [release.yaml]\nconfigMapGenerator:\n  - name: web-values\n    literals: [values.yaml=a]\n';
const REFERENCE =
  'nameReference:\n  - kind: ConfigMap\n    version: v1\n    fieldSpecs:\n      - kind: HelmRelease\n        path: spec/valuesFrom/name\n';

testRule(
  rule,
  {
    valid: {
      'the field is configured': {
        path,
        yaml: RELEASE(),
        files: { [K]: `${GENERATED}configurations: [names.yaml]\n`, 'app/names.yaml': REFERENCE },
      },
      'the name is kept': { path, yaml: RELEASE(), files: { [K]: `${GENERATED}generatorOptions: {disableNameSuffixHash: true}\n` } },
      'another object has the name': {
        path,
        yaml: RELEASE(),
        files: {
          [K]: 'resources: [release.yaml, values.yaml, ../other]\n',
          'app/values.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-values}\n',
          'other/kustomization.yaml': 'configMapGenerator: [{name: web-values, namespace: other, literals: [a=b]}]\n',
        },
      },
      'a Deployment, whose fields are known': {
        path: 'app/web.yaml',
        yaml: `
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector: {matchLabels: {a: b}}
            template:
              metadata: {labels: {a: b}}
              spec:
                containers:
                  - name: web
                    image: web:1
                    envFrom:
                      - configMapRef: {name: web-values}
        `,
        files: { [K]: GENERATED.replace('release.yaml', 'web.yaml') },
      },
      'a Secret that the object makes': {
        path,
        yaml: `
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata:
            name: login
          spec:
            target:
              secretRef: {name: login}
        `,
        files: { [K]: 'resources: [release.yaml]\nsecretGenerator: [{name: login, literals: [a=b]}]\n' },
      },
    },
    invalid: {
      'values of a release that get a hash': {
        path,
        yaml: RELEASE(' # <-'),
        files: { [K]: GENERATED },
        problems: [
          {
            message: /^this names ConfigMap "web-values", which the build renames to "web-values-[a-z0-9]{10}" without changing it here$/,
            path: '/spec/valuesFrom/0/name',
            severity: 'error',
          },
        ],
      },
      'a reference by the name of its field, and one that says the kind, under a prefix': {
        path,
        yaml: `
          apiVersion: acme.com/v1
          kind: Gate
          metadata:
            name: gate
          spec:
            secretRef:
              name: login # <-
            route:
              to:
                kind: Service
                name: web # <-
        `,
        files: {
          [K]: 'resources: [release.yaml, web.yaml]\nnamePrefix: live-\n',
          'app/web.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: login}\n',
        },
        problems: [
          { message: 'this names Secret "login", which the build renames to "live-login" without changing it here' },
          { message: 'this names Service "web", which the build renames to "live-web" without changing it here' },
        ],
      },
    },
  },
  { builds: true },
);
