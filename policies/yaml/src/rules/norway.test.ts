import { testRule } from '@plumbline/testing';
import { rule } from './norway.ts';

testRule(rule, {
  valid: {
    'quoted keys and values': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        "on": "yes"
        'no': "1.20"
        version: "1.20"
    `,
    'octal modes, and decimal ones that people use': `
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
      spec:
        volumes:
          - name: a
            secret:
              secretName: a
              defaultMode: 0400
          - name: b
            secret:
              secretName: b
              defaultMode: 420
              items:
                - {key: a, path: a, mode: 256}
    `,
    'booleans that mean what they say': `
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata:
        name: shop
      spec:
        values:
          enabled: yes
          debug: off
          tag: 1.2
          tags: [1.5, 2.5]
          ratio: 0.50
    `,
    'the events of a workflow': {
      path: '.github/workflows/ci.yaml',
      yaml: `
        name: ci
        on: push
        jobs: {}
      `,
    },
    'the version of a file format': {
      path: 'tool.yaml',
      yaml: `
        version: 2.0
        rules: []
      `,
    },
    'a text in a script': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
      data:
        workflow: |
          on: push
          version: 1.20
    `,
  },
  invalid: {
    'keys that are booleans': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          on: lights # <-
          No: "1" # <-
      `,
      problems: [{ message: 'the key "on" is read as "true"' }, { message: 'the key "No" is read as "false"' }],
      fixed: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          "on": lights
          "No": "1"
      `,
    },
    'a mode in decimal': {
      yaml: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          volumes:
            - name: a
              secret:
                secretName: a
                defaultMode: 400 # <-
      `,
      problems: [{ message: 'the mode 400 is decimal, which is 0620 in octal', path: '' }],
      fixed: `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          volumes:
            - name: a
              secret:
                secretName: a
                defaultMode: 0400
      `,
    },
    'versions that lose their zero': {
      yaml: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: shop
        spec:
          values:
            image:
              tag: 1.20 # <-
            commit: 12345e7 # <-
            account: 0123456 # <-
            countries: [DE, NO, SE] # <-
      `,
      problems: [
        { message: 'the tag "1.20" is read as the number 1.2' },
        { message: 'the commit "12345e7" is read as the number 123450000000' },
        { message: 'the value "0123456" is read as the number 42798' },
        { message: '"NO" is read as false' },
      ],
      fixed: `
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: shop
        spec:
          values:
            image:
              tag: "1.20"
            commit: "12345e7"
            account: "0123456"
            countries: [DE, "NO", SE]
      `,
    },
    'the tag of an image in a kustomization': {
      path: 'kustomization.yaml',
      yaml: `
        images:
          - name: shop
            newTag: 1.0 # <-
      `,
      problems: [{ message: 'the newTag "1.0" is read as the number 1' }],
    },
    'a version in a workflow': {
      path: '.github/workflows/ci.yaml',
      yaml: `
        on: push
        jobs:
          test:
            strategy:
              matrix:
                python-version: [3.9, 3.10] # <-
      `,
      problems: [{ message: 'the python-version "3.10" is read as the number 3.1' }],
    },
  },
});
