import { testRule } from '@plumbline/testing';
import { rule } from './rules/drift-key.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 1.0.0\n    alias: cache\n';
const DEFAULTS = 'image:\n  tag: 1.0.0\nresources: {}\nhosts: []\nglobal: null\n';
/** Values of a chart for LIVE, beside those of its chart and of other environments. */
const live = (mine: string, others: Readonly<Record<string, string>>, defaults = DEFAULTS) => ({
  yaml: mine,
  path: 'charts/web/values-live.yaml',
  files: {
    'charts/web/Chart.yaml': CHART,
    'charts/web/values.yaml': defaults,
    ...Object.fromEntries(Object.entries(others).map(([name, text]) => [`charts/web/${name}`, text])),
  },
});

testRule(rule, {
  valid: {
    'the same keys': live('a: 1\nb:\n  c: 1\n', { 'values-uat.yaml': 'b:\n  c: 2\na: 2\n' }),
    'a key that the chart has': live('a: 1\n', { 'values-uat.yaml': 'a: 1\nimage:\n  tag: 1.1.0\n' }),
    'a key below what the chart leaves open': live('a: 1\n', {
      'values-uat.yaml': 'a: 1\nresources:\n  limits:\n    cpu: 1\nhosts: [b]\n',
    }),
    'values of another chart, and for all': live('a: 1\n', { 'values-uat.yaml': 'a: 1\ncache:\n  size: 1\nredis: {}\nglobal:\n  b: 1\n' }),
    'what Helm and SOPS read, and a chart that lies below': (() => {
      const given = live('a: 1\n', { 'values-uat.yaml': 'a: 1\ntags:\n  b: true\nsops: {}\nmail:\n  b: 1\n' });
      return { ...given, files: { ...given.files, 'charts/web/charts/mail/Chart.yaml': 'apiVersion: v2\nname: mail\nversion: 1.0.0\n' } };
    })(),
    'what DEV alone has, which is two steps before': live('a: 1\n', { 'values-uat.yaml': 'a: 1\n', 'values-dev.yaml': 'a: 1\nb: 1\n' }),
    'a key for looking for faults': live('a: 1\n', { 'values-uat.yaml': 'a: 1\ndebug: true\n' }),
    'a key that is declared to differ': { ...live('a: 1\n', { 'values-uat.yaml': 'a: 1\nb:\n  c: 1\n' }), options: { allowed: ['b*'] } },
    'another region': live('a: 1\n', { 'values-uat-eu.yaml': 'a: 1\nb: 1\n' }),
    'values that are of no environment': live('a: 1\n', { 'values-minimal.yaml': 'a: 1\nb: 1\n' }),
    'a key of a later environment': {
      ...live('', { 'values-live.yaml': 'a: 1\nb: 1\n' }),
      yaml: 'a: 1\n',
      path: 'charts/web/values-uat.yaml',
    },
    'no chart': { yaml: 'a: 1\n', path: 'a/values-live.yaml', files: { 'a/values-uat.yaml': 'a: 1\nb: 1\n', 'a/values.yaml': 'c: 1\n' } },
  },
  invalid: {
    'a key that UAT has': {
      ...live('a: 1\n', { 'values-uat.yaml': 'a: 1\nb:\n  c: 1\n' }),
      problems: [{ line: 1, message: 'key "b" is missing in live, and uat has it (charts/web/values-uat.yaml)', severity: 'warning' }],
    },
    'a key deeper down': {
      ...live('image:\n  tag: 1.1.0\nb:\n  c: 1\n', { 'values-uat.yaml': 'b:\n  c: 1\n  d: 2\n' }),
      problems: [{ line: 3, column: 1, message: 'key "b.d" is missing in live, and uat has it (charts/web/values-uat.yaml)' }],
    },
    'a key of a mapping that the chart knows': {
      ...live('image:\n  tag: 1.1.0\n', { 'values-uat.yaml': 'image:\n  pullSecret: a\n' }),
      problems: [{ line: 1, message: 'key "image.pullSecret" is missing in live, and uat has it (charts/web/values-uat.yaml)' }],
    },
    'a key that all of several have, and one that it has alone': {
      ...live('a: 1\nd: 1\n', { 'values-uat.yaml': 'a: 1\nc: 1\n', 'values-dev.yaml': 'a: 1\nc: 1\n' }),
      problems: [
        { line: 1, message: 'key "c" is missing in live, and dev, uat have it (charts/web/values-dev.yaml)' },
        { line: 2, message: 'key "d" is in live only, and in none of dev, uat' },
      ],
    },
    'values in a folder of the chart': {
      yaml: 'a: 1\n',
      path: 'web/environments/live.yaml',
      files: { 'web/Chart.yaml': CHART, 'web/values.yaml': 'c: 1\n', 'web/environments/pre-prod.yaml': 'a: 1\nb: 1\n' },
      problems: [{ line: 1, message: 'key "b" is missing in live, and pre-prod has it (web/environments/pre-prod.yaml)' }],
    },
  },
});
