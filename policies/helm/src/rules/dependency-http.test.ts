import { testRule } from '@plumbline/testing';
import { rule } from './dependency-http.ts';

testRule(rule, {
  valid: {
    'other ways': {
      path: 'web/Chart.yaml',
      yaml: `
        apiVersion: v2
        name: web
        version: 1.0.0
        dependencies:
          - {name: a, version: 1.0.0, repository: oci://registry.example.com/charts}
          - {name: b, version: 1.0.0, repository: "file://../b"}
          - {name: c, version: 1.0.0, repository: "@stable"}
          - {name: d, version: 1.0.0, repository: "http://localhost:8080"}
      `,
    },
    'no dependencies': { path: 'web/Chart.yaml', yaml: 'apiVersion: v2\nname: web\nversion: 1.0.0\n' },
  },
  invalid: {
    'a password in the address': {
      path: 'web/Chart.yaml',
      yaml: `
        apiVersion: v2
        name: web
        version: 1.0.0
        dependencies:
          - name: a
            version: 1.0.0
            repository: http://joe:hunter2@charts.example.com/stable # <-
      `,
      problems: [{ message: 'the repository "http://charts.example.com/stable" is not encrypted', path: '/dependencies/0/repository' }],
    },
    'requirements of Helm 2': {
      path: 'web/requirements.yaml',
      files: { 'web/Chart.yaml': 'apiVersion: v1\nname: web\nversion: 1.0.0\n' },
      yaml: `
        dependencies:
          - name: a
            version: 1.0.0
            repository: http://charts.example.com # <-
      `,
    },
  },
});
