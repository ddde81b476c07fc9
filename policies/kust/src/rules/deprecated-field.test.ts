import { testRule } from '@plumbline/testing';
import { rule } from './deprecated-field.ts';

const path = 'kustomization.yaml';

testRule(rule, {
  valid: {
    'the fields of today': {
      path,
      yaml: `
        resources: [web.yaml]
        labels:
          - pairs: {team: shop}
        patches:
          - path: patch.yaml
        images:
          - name: web
            newTag: "2"
        configMapGenerator:
          - name: web
            envs: [web.env]
      `,
    },
    'old fields that say nothing': { path, yaml: 'resources: [web.yaml]\nbases: []\ncommonLabels: {}\nvars:\n' },
  },
  invalid: {
    'bases, alone': {
      path,
      yaml: `
        bases: # <-
          - ../base
          - ../other # a comment stays, and with it the field
      `,
      problems: [{ message: '"bases" is deprecated: use "resources", which takes folders too', path: '/bases' }],
    },
    'a rename': {
      path,
      yaml: 'bases: # <-\n  - ../base\nimageTags: # <-\n  - name: web\n',
      fixed: 'resources:\n  - ../base\nimages:\n  - name: web\n',
    },
    'bases behind resources': {
      path,
      yaml: `
        bases: # <-
          - ../base
        resources:
          - web.yaml
      `,
      fixed: `
        resources:
          - web.yaml
          - "../base"
      `,
    },
    'labels of selectors too': {
      path,
      yaml: `
        resources:
          - web.yaml
        commonLabels: # <-
          # who is called
          team: shop

          part: "1"
      `,
      fixed: `
        resources:
          - web.yaml
        labels:
          - pairs:
              # who is called
              team: shop

              part: "1"
            includeSelectors: true
      `,
    },
    'labels in braces': {
      path,
      yaml: `
        commonLabels: {team: shop} # <-
        resources: []
      `,
      fixed: `
        labels:
          - pairs: {team: shop}
            includeSelectors: true
        resources: []
      `,
    },
    'labels beside others are left to the reader': {
      path,
      yaml: `
        labels:
          - pairs: {team: shop}
        commonLabels: # <-
          team: other
      `,
      fixed: `
        labels:
          - pairs: {team: shop}
        commonLabels:
          team: other
      `,
    },
    'files of patches': {
      path,
      yaml: `
        patchesStrategicMerge: # <-
          - one.yaml
          - two.yaml
      `,
      fixed: `
        patches:
          - path: one.yaml
          - path: two.yaml
      `,
    },
    'operations, a certain rewrite as long as nothing is done between the two': {
      path,
      yaml: `
        patchesJson6902: # <-
          - target: {version: v1, kind: Service, name: web}
            patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
        vars: # <-
          - name: A
            objref: {apiVersion: v1, kind: Service, name: web}
      `,
      problems: [{ message: '"patchesJson6902" is deprecated: use "patches", which takes the same entries' }, { path: '/vars' }],
      fixed: `
        patches:
          - target: {version: v1, kind: Service, name: web}
            patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
        vars:
          - name: A
            objref: {apiVersion: v1, kind: Service, name: web}
      `,
    },
    'one file of a generator': {
      path,
      yaml: `
        configMapGenerator:
          - name: web
            env: web.env # <-
      `,
      fixed: `
        configMapGenerator:
          - name: web
            envs: [web.env]
      `,
    },
  },
});
