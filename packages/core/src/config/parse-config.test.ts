import { expect, test } from 'vitest';
import { ConfigError } from '../values/errors.ts';
import { placeInIgnoreRule } from './ignore-rule-places.ts';
import { loadConfig, parseConfig } from './parse-config.ts';

function file(text: string, path = 'plumbline.yaml') {
  return { path, bytes: new TextEncoder().encode(text) };
}

function errorOf(text: string): string {
  try {
    parseConfig(file(text));
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof Error ? error.message : '';
  }
  return '';
}

test('every key', () => {
  const config = parseConfig(
    file(`
kubernetesVersions: ["1.34", "1.37"]
preset: strict
rules:
  meta/owner-label: off
  ref/x: { severity: info, options: { a: [1] } }
overrides:
  - { paths: [sandbox], rules: { meta/owner-label: error } }
extends: shared.yaml
exclude: [docs/**]
external: [{ kind: Secret, name: "db-*" }]
waivers:
  - rule: api/deprecated
    reason: moves next month
    expires: "2027-06-30"
environments: [{ name: DEV, paths: [env/dev], kubernetesVersions: ["1.36"] }]
layers: [{ name: data, paths: [data] }]
servedApis: [batch/v2alpha1]
failOn: warning
notEvaluated: fail
plugins: [./rules.mjs]
`),
  );
  expect(config.extends).toEqual(['shared.yaml']);
  expect(config.rules?.['meta/owner-label']).toBe('off');
  expect(config.waivers).toEqual([
    {
      rule: 'api/deprecated',
      reason: 'moves next month',
      expires: '2027-06-30',
      location: { file: 'plumbline.yaml', line: 13, column: 5, endLine: 13, endColumn: 9 },
    },
  ]);
  expect(config.environments?.[0]?.kubernetesVersions).toEqual(['1.36']);
});

test('an empty file is an empty configuration', () => {
  expect(parseConfig(file(''))).toEqual({});
  expect(parseConfig(file('# nothing\n'))).toEqual({});
});

test.each([
  ['presets: strict', 'plumbline.yaml:1:1: unknown key "presets", did you mean "preset"?'],
  ['preset: strickt', 'plumbline.yaml:1:9: "preset" must be one of core, recommended, strict, off; did you mean "strict"?'],
  ['kubernetesVersions: [1.34]', 'plumbline.yaml:1:22: "kubernetesVersions[0]" must be a text, not a number: write it in quotes'],
  ['kubernetesVersions: ["2"]', 'plumbline.yaml:1:22: "kubernetesVersions[0]" is "2", not a minor in quotes, as "1.34"'],
  ['waivers:\n  - rule: a/b', 'plumbline.yaml:2:5: "waivers[0]" lacks "reason"'],
  ['waivers:\n  - { rule: a/b, reason: "" }', 'plumbline.yaml:2:26: "waivers[0].reason" is empty: say why it is accepted'],
  [
    'waivers:\n  - { rule: a/b, reason: x, expires: soon }',
    'plumbline.yaml:2:38: "waivers[0].expires" is "soon", not the last day, as "2027-01-31"',
  ],
  [
    'waivers:\n  - { rule: a/b, reason: x, expires: 2027-31-01 }',
    'plumbline.yaml:2:38: "waivers[0].expires" is "2027-31-01", not the last day, as "2027-01-31"',
  ],
  ['rules: { a/b: fatal }', 'plumbline.yaml:1:15: "rules["a/b"]" must be one of off, error, warning, info'],
  ['rules: { a/b: { level: error } }', 'plumbline.yaml:1:17: unknown key "level" in "rules["a/b"]"; known are severity, options'],
  ['drift: { ignored: [] }', 'plumbline.yaml:1:10: unknown key "ignored" in "drift", did you mean "ignore"?'],
  [
    'drift:\n  ignore:\n    - pointer: [/spec]\n      reason: x\n      managers: [a]',
    'plumbline.yaml:3:7: unknown key "pointer" in "drift.ignore[0]", did you mean "pointers"?',
  ],
  ['drift:\n  ignore:\n    - pointers: [/spec]', 'plumbline.yaml:3:7: "drift.ignore[0]" lacks "reason"'],
  ['drift:\n  ignore:\n    - reason: x', 'plumbline.yaml:3:7: "drift.ignore[0]" lacks "pointers", "jsonPaths" or "managers"'],
  [
    'drift: { ignore: [{ pointers: [spec], reason: x }] }',
    'plumbline.yaml:1:32: "drift.ignore[0].pointers[0]" is "spec", not a pointer, as /spec/replicas',
  ],
  [
    'drift: { withoutBuiltInSets: [restart] }',
    'plumbline.yaml:1:31: "drift.withoutBuiltInSets[0]" must be one of autoscaled-replicas, injected-ca-bundles, aggregated-roles, restarts, rollout-revisions, service-account-secrets; did you mean "restarts"?',
  ],
  ['- a', 'plumbline.yaml:1:1: the configuration must be a mapping, not a list'],
  ['exclude: docs', 'plumbline.yaml:1:10: "exclude" must be a list, not a text'],
  ['failOn: no', 'plumbline.yaml:1:9: "failOn" must be one of error, warning, info'],
])('%s', (text, message) => {
  expect(errorOf(text)).toBe(message);
});

test('ignore rules of drift say where they stand, and follow those that are extended', () => {
  const files: Record<string, string> = {
    'base.yaml': 'drift:\n  ignore:\n    - { managers: [a], reason: base }\n',
    'own.yaml':
      'extends: base.yaml\ndrift:\n  ignore:\n    - pointers: [/spec/replicas, /**/image]\n      reason: own\n  withoutBuiltInSets: [restarts]\n',
  };
  const load = (name: string) => file(files[name] ?? '', name);
  const { drift } = loadConfig(load('own.yaml'), load);
  expect(drift?.ignore?.map(({ reason, location }) => [reason, location?.file, location?.line, location?.column])).toEqual([
    ['base', 'base.yaml', 3, 7],
    ['own', 'own.yaml', 4, 7],
  ]);
  expect(drift?.withoutBuiltInSets).toEqual(['restarts']);
  const [, own] = drift?.ignore ?? [];
  expect(own && placeInIgnoreRule(own, 'pointers', 1)).toBe('own.yaml:4:34: ');
});

test('one document only', () => {
  expect(errorOf('a: 1\n---\nb: 2')).toMatch(/^plumbline.yaml:[23]:1: a second document: the configuration is one$/);
});

test('a bare off is the word', () => {
  expect(parseConfig(file('preset: off\nrules: { a/b: off, c/d: { severity: off } }\n'))).toEqual({
    preset: 'off',
    rules: { 'a/b': 'off', 'c/d': { severity: 'off' } },
  });
});

test('all problems are said at once', () => {
  expect(errorOf('preset: x\nfoo: 1\n').split('\n')).toHaveLength(2);
});

test('what is extended comes first, a circle is an error', () => {
  const files: Record<string, string> = {
    'base.yaml': 'preset: strict\nrules: { a/b: info, c/d: off }\nexclude: [a]\n',
    'own.yaml': 'extends: [base.yaml]\nrules: { a/b: error }\nexclude: [b]\n',
    'x.yaml': 'extends: y.yaml\n',
    'y.yaml': 'extends: x.yaml\n',
  };
  const load = (name: string) => file(files[name] ?? '', name);
  expect(loadConfig(load('own.yaml'), load)).toEqual({ preset: 'strict', rules: { 'a/b': 'error', 'c/d': 'off' }, exclude: ['a', 'b'] });
  expect(() => loadConfig(load('x.yaml'), load)).toThrow('x.yaml → y.yaml → x.yaml');
});
