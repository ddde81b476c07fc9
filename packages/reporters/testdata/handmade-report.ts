import type { Finding, Report, RuleInfo } from '@plumbline/core';

// A small report with every shape of finding, for the tests of the reporters.

const info = (id: string, severity: RuleInfo['severity'], kind: RuleInfo['class']): RuleInfo => ({
  id,
  title: `title of ${id}`,
  why: `why of ${id}`,
  remedy: `remedy of ${id}`,
  severity,
  class: kind,
  set: 'core',
});

const finding = (over: Partial<Finding> & Pick<Finding, 'rule' | 'message' | 'fingerprint'>): Finding => ({
  class: 'quality',
  severity: 'warning',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  path: '',
  location: { file: 'apps/web.yaml', line: 1, column: 1, endLine: 1, endColumn: 5 },
  ...over,
});

export const FILES: Readonly<Record<string, string>> = {
  'apps/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replica: 3\n  name: "\u001b[31mred\u202e"\n',
  'apps/auth, x.yaml': 'spec:\n\treplica: 3\n',
  'db/secret.yaml': 'apiVersion: v1\nkind: Secret\ndata:\n  password: SUPERSECRET\n',
};

export const REPORT: Report = {
  schemaVersion: 1,
  tool: { name: 'plumbline', version: '0.1.0' },
  run: { kubernetesVersions: ['1.37', '1.36'], preset: 'recommended', configDigest: 'c', ruleSetDigest: 'r' },
  summary: {
    files: { checked: 3, leftOut: 2 },
    documents: 4,
    resources: 3,
    findings: { error: 4, warning: 1, info: 1 },
    suppressed: 1,
    notEvaluated: 7,
    fixable: 1,
  },
  findings: [
    finding({
      rule: 'schema/unknown-field',
      class: 'refusal',
      severity: 'error',
      message: 'unknown field "replica", did you mean "replicas"?',
      path: '/spec/replica',
      versions: ['1.37', '1.36'],
      units: ['apps'],
      environments: ['DEV', 'LIVE'],
      location: { file: 'apps/web.yaml', line: 4, column: 3, endLine: 4, endColumn: 10 },
      fix: {
        title: 'rename to "replicas"',
        safe: true,
        edits: [{ file: 'apps/web.yaml', line: 4, column: 3, endLine: 4, endColumn: 10, newText: 'replicas' }],
      },
      related: [{ file: 'apps/web.yaml', line: 1, column: 1, message: 'the kind' }],
      fingerprint: 'f1',
    }),
    finding({
      rule: 'schema/unknown-field',
      class: 'refusal',
      severity: 'error',
      message: 'unknown field "replica", did you mean "replicas"?',
      path: '/spec/replica',
      versions: ['1.36'],
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'auth' },
      location: { file: 'apps/auth, x.yaml', line: 2, column: 2, endLine: 2, endColumn: 9 },
      fingerprint: 'f2',
    }),
    finding({
      rule: 'yaml/syntax',
      class: 'broken',
      severity: 'error',
      message: 'found a tab',
      resource: null,
      location: null,
      fingerprint: 'f3',
    }),
    finding({
      rule: 'schema/format',
      class: 'refusal',
      severity: 'error',
      message: 'invalid base64',
      path: '/data/password',
      resource: { apiVersion: 'v1', kind: 'Secret', name: 'db' },
      location: { file: 'db/secret.yaml', line: 4, column: 13, endLine: 4, endColumn: 24 },
      fix: {
        title: 'encode it',
        safe: true,
        edits: [{ file: 'db/secret.yaml', line: 4, column: 13, endLine: 4, endColumn: 24, newText: 'SUPERSECRET' }],
      },
      fingerprint: 'f4',
    }),
    finding({
      rule: 'meta/name',
      message: 'name "\u001b[31mred\u202e" is <odd> & 100%',
      path: '/metadata/annotations/a.b~1c',
      location: { file: 'apps/web.yaml', line: 5, column: 9, endLine: 5, endColumn: 20 },
      fingerprint: 'f5',
    }),
    finding({ rule: 'meta/owner', severity: 'info', message: 'no owner', fingerprint: 'f6' }),
    finding({
      rule: 'meta/owner',
      severity: 'info',
      message: 'no owner here',
      suppressed: { by: 'waiver', reason: 'a "test"', location: { file: 'plumbline.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 } },
      fingerprint: 'f7',
    }),
  ],
  notEvaluated: [
    {
      rule: 'ref/service',
      reason: 'the kustomization is not built',
      count: 7,
      examples: [{ apiVersion: 'v1', kind: 'Service', name: 'web' }],
    },
  ],
  leftOut: [{ reason: 'helm-template', count: 2, files: ['chart/a.yaml', 'chart/b.yaml'] }],
  rules: {
    'schema/unknown-field': info('schema/unknown-field', 'error', 'refusal'),
    'schema/format': info('schema/format', 'error', 'refusal'),
    'yaml/syntax': info('yaml/syntax', 'error', 'broken'),
    'meta/name': { ...info('meta/name', 'warning', 'quality'), examples: { pass: 'a: b\n', fail: 'a: c\n' }, link: 'https://example.com/' },
    'meta/owner': info('meta/owner', 'info', 'quality'),
  },
};
