import { testRule } from '@plumbline/testing';
import { rule } from './chart-yaml.ts';

const path = 'charts/web/Chart.yaml';

testRule(rule, {
  valid: {
    'what helm create writes': {
      path,
      yaml: `
        apiVersion: v2
        name: web
        description: A chart
        type: application
        version: 0.1.0
        appVersion: "1.16.0"
        dependencies:
          - name: postgresql
            version: 12.1.0
            repository: https://charts.example.com
          - name: postgresql
            alias: replica
            version: 12.1.0
            repository: https://charts.example.com
        maintainers:
          - name: shop
            email: shop@example.com
      `,
    },
    'a whole number reads the same': { path, yaml: 'apiVersion: v2\nname: web\nversion: 1.0.0-rc.1+5\nappVersion: 17\n' },
    'fields of somebody else': { path, yaml: 'apiVersion: v2\nname: web\nversion: 1.0.0\nx-team: shop\n' },
    'a folder of another name': { path: 'helm-chart/Chart.yaml', yaml: 'apiVersion: v2\nname: web\nversion: 1.0.0\n' },
  },
  invalid: {
    'nothing that Helm needs': {
      path,
      yaml: `
        description: A chart # <-
      `,
      problems: [
        { message: '"apiVersion" is missing', severity: 'error' },
        { message: '"name" is missing', severity: 'error' },
        { message: '"version" is missing', severity: 'error' },
      ],
    },
    'values that Helm refuses': {
      path,
      yaml: `
        apiVersion: v2
        name: shop/web # <-
        version: latest # <-
        type: app # <-
        dependencies:
          - name: redis
            version: 1.0.0
          - name: redis # <-
            version: 2.0.0
          - name: kafka
            alias: a.b # <-
            version: 2.0.0
      `,
      problems: [
        { message: 'the name "shop/web" has a "/" in it', severity: 'error', path: '/name' },
        { message: 'the version "latest" is no SemVer version', severity: 'error' },
        { message: 'the type "app" is neither "application" nor "library"', severity: 'error' },
        { message: 'a dependency before it is called "redis" too: give it an alias', path: '/dependencies/1/name' },
        { message: 'the alias "a.b" has other characters than letters, digits, "_" and "-"' },
      ],
    },
    'numbers that lose a digit, and a slip': {
      path,
      yaml: `
        apiVersion: v1 # <-
        name: web
        version: v1.2 # <-
        appVersion: 1.10 # <-
        kubeversion: ">=1.30" # <-
        maintainers:
          - email: shop@example.com # <-
      `,
      problems: [
        { message: 'the apiVersion "v1" is that of Helm 2: in "v2" dependencies stand in Chart.yaml', severity: 'info' },
        { message: 'the version "v1.2" is not written as SemVer: three numbers, without "v" and leading zeros', severity: 'warning' },
        { message: 'the appVersion 1.10 is read as the number 1.1: write "1.10" in quotes' },
        { message: 'Helm knows no field "kubeversion", did you mean "kubeVersion"?' },
        { message: 'a maintainer has no name' },
      ],
    },
  },
});
