import { testRule } from '@plumbline/testing';
import { rule } from './dependency-lock.ts';

const path = 'a/Chart.yaml';
// Written by `helm dependency update` 3.19.
const LOCK = `
  dependencies:
  - name: b
    repository: file://../b
    version: 1.2.0
  digest: sha256:763743f9706ceddd1c12be7b0d506d6d5178fc549a3a6356a4cd23198f8c5a18
  generated: "2026-11-27T18:40:29.800326496Z"
`;

testRule(rule, {
  valid: {
    'the lock that Helm wrote': {
      path,
      files: { 'a/Chart.lock': LOCK },
      yaml: `
        apiVersion: v2
        name: a
        version: 0.1.0
        dependencies:
          - name: b
            version: ">=1.0.0 <2.0.0"
            repository: file://../b
            condition: b.enabled
            tags: [x]
            alias: bee
            import-values:
              - child: c
                parent: d
              - data
      `,
    },
    'an exact version without a lock': {
      path,
      yaml: 'apiVersion: v2\nname: a\nversion: 0.1.0\ndependencies:\n  - {name: b, version: 1.2.0, repository: "https://charts.example.com"}\n',
    },
    'a range of what lies in the repository': {
      path,
      files: { 'a/charts/b/Chart.yaml': 'apiVersion: v2\nname: b\nversion: 1.2.0\n' },
      yaml: 'apiVersion: v2\nname: a\nversion: 0.1.0\ndependencies:\n  - {name: b, version: ~1.2.0, repository: "https://charts.example.com"}\n',
    },
    'no dependencies': { path, yaml: 'apiVersion: v2\nname: a\nversion: 0.1.0\n' },
  },
  invalid: {
    'a range and no lock': {
      path,
      yaml: `
        apiVersion: v2
        name: a
        version: 0.1.0
        dependencies:
          - name: b
            version: ^1.0.0 # <-
            repository: https://charts.example.com
      `,
      problems: [{ message: 'the version "^1.0.0" of "b" is a range, and no Chart.lock pins it' }],
    },
    'another version, and one that is new': {
      path,
      files: { 'a/Chart.lock': LOCK },
      yaml: `
        apiVersion: v2
        name: a
        version: 0.1.0
        dependencies:
          - name: b
            version: 1.3.0 # <-
            repository: file://../b
          - name: c # <-
            version: 1.0.0
            repository: https://charts.example.com
      `,
      problems: [{ message: 'Chart.lock holds "b" at "1.2.0", not at "1.3.0"' }, { message: 'Chart.lock has no dependency "c"' }],
    },
    'a condition that Chart.lock was made without': {
      path,
      files: { 'a/Chart.lock': LOCK },
      yaml: `
        apiVersion: v2
        name: a
        version: 0.1.0
        dependencies: # <-
          - name: b
            version: ">=1.0.0 <2.0.0"
            repository: file://../b
      `,
      problems: [{ message: 'Chart.lock was made from other dependencies: its digest does not fit' }],
    },
  },
});
