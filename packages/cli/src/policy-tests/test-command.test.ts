import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';

// The built bundle, run as users run it: policy tests, what findings of policies show, and rules of the configuration.

const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [services]}]
  variables:
    - name: ports
      expression: object.spec.ports
  validations:
    - expression: object.spec.ports.size() <= int(params.data.max)
      messageExpression: "'too many ports: ' + string(object.spec.ports.size())"
    - expression: variables.ports.all(p, p.port < 1000)
      message: a high port
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: few}
spec: {policyName: few, validationActions: [Deny], paramRef: {name: limits, namespace: shop, parameterNotFoundAction: Deny}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: limits, namespace: shop}
data:
  max: "1"
`;
const service = (name: string, ...ports: readonly number[]): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  selector: {app: ${name}}\n  ports:\n${ports.map((port) => `    - name: p${port}\n      port: ${port}\n`).join('')}`;

let home = '';
let command = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-test-command-'));
  command = join(home, 'dist/plumbline.cjs');
  await bundleCommand(join(home, 'dist'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function repository(files: Readonly<Record<string, string>>): string {
  const folder = join(home, `repository-${count++}`);
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(cwd: string, ...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('plumbline test', () => {
  const files = {
    'few/plumbline-test.yaml': '',
    'few/policy.yaml': POLICY,
    'few/pass/a.yaml': service('a', 80),
    'few/fail/b.yaml': service('b', 80, 443),
  };

  test('says which cases fail, in three formats', () => {
    const folder = repository({ ...files, 'few/fail/c.yaml': service('c', 80) });
    expect(run(folder, 'test')).toEqual({
      code: 1,
      out: `few/plumbline-test.yaml
  failed Service shop/c (fail)
    few/fail/c.yaml:1:1 expected deny or warn or audit, but it is admitted

2 passed, 1 failed
`,
      err: '',
    });
    const report = JSON.parse(run(folder, 'test', '--format', 'json').out);
    expect(report).toMatchObject({ schemaVersion: 1, summary: { passed: 2, failed: 1, notEvaluated: 0 } });
    expect(report.cases[2]).toEqual({
      test: 'few/plumbline-test.yaml',
      name: 'Service shop/c (fail)',
      outcome: 'failed',
      reason: 'expected deny or warn or audit, but it is admitted',
      location: { file: 'few/fail/c.yaml', line: 1, column: 1 },
    });
    const xml = run(folder, 'test', '-f', 'junit').out;
    expect(xml).toContain('<testsuites name="plumbline test" tests="3" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('<failure message="expected deny or warn or audit, but it is admitted">few/fail/c.yaml:1:1 ');
  });

  test('passes', () => {
    const folder = repository(files);
    expect(run(folder, 'test')).toEqual({ code: 0, out: '2 passed, 0 failed\n', err: '' });
    expect(run(folder, 'test', '--all').out).toBe(
      'few/plumbline-test.yaml\n  passed Service shop/a (pass)\n  passed Service shop/b (fail)\n\n2 passed, 0 failed\n',
    );
    expect(run(join(folder, 'few'), 'test', 'plumbline-test.yaml').out).toBe('2 passed, 0 failed\n');
    // What a test judges is no part of what is applied.
    expect(run(folder, 'check').code).toBe(0);
  });

  test('what is not evaluated is counted, and fails a run only where that is asked for', () => {
    const folder = repository({
      'kyverno-test.yaml':
        'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\npolicies: [policy.yaml]\nresources: [a.yaml]\nresults:\n- {policy: p, rule: r, kind: Service, resources: [a], result: pass}\n',
      'policy.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: []}\n',
      'a.yaml': service('a', 80),
    });
    expect(run(folder, 'test')).toEqual({
      code: 0,
      out: '0 passed, 0 failed, 1 not evaluated\n  1 × Kyverno policies are not evaluated yet\n',
      err: '',
    });
    expect(run(folder, 'test', '--fail-on-not-evaluated').code).toBe(1);
  });

  test('a test that cannot be read ends with 2, and the others are run', () => {
    const folder = repository({ ...files, 'other/plumbline-test.yaml': 'policies: [none.yaml]\n' });
    expect(run(folder, 'test')).toEqual({
      code: 2,
      out: '2 passed, 0 failed\n',
      err: 'plumbline: other/plumbline-test.yaml: "other/none.yaml" does not exist\n',
    });
    expect(run(folder, 'test', 'nope')).toMatchObject({ code: 2, out: '', err: 'plumbline: "nope" does not exist\n' });
    expect(run(repository({}), 'test')).toMatchObject({
      code: 2,
      err: 'plumbline: there is no kyverno-test.yaml or plumbline-test.yaml in the repository\n',
    });
    expect(run(folder, 'test', '-k', '1.2').code).toBe(2);
  });
});

test('a finding of a policy shows what its expression looked at', () => {
  const folder = repository({ 'policy.yaml': POLICY, 'web.yaml': service('web', 80, 8443), 'deploy.yaml': '' });
  const { code, out } = run(folder, 'check', '--preset', 'core');
  expect(code).toBe(1);
  expect(out).toContain(`  too many ports: 2
    web.yaml:7:5  Service shop/web  spec.ports
      7 |     - name: p80
        |     ^^^^^^^^^^^
      see web.yaml:7:5 object.spec.ports is a list of 2
      see policy.yaml:26:8 params.data.max is "1"
  a high port
    web.yaml:10:13  Service shop/web  spec.ports[1].port
      10 |       port: 8443
         |             ^^^^
      see web.yaml:10:13 object.spec.ports[1].port is 8443
`);
  const { findings } = JSON.parse(run(folder, 'check', '--preset', 'core', '--format', 'json').out);
  expect(findings.map(({ policy }: { policy: unknown }) => policy)).toMatchObject([
    { name: 'few', binding: 'few', rule: 'validations[0]', location: { file: 'policy.yaml', line: 12, column: 19 } },
    { name: 'few', binding: 'few', rule: 'validations[1]', location: { file: 'policy.yaml', line: 14, column: 19 } },
  ]);
});

test('which policy was asked about what is among the outcomes', () => {
  const folder = repository({ 'policy.yaml': POLICY, 'web.yaml': `${service('high', 8443)}---\n${service('low', 80)}` });
  const { outcomes } = JSON.parse(run(folder, 'check', '--format', 'json', '--detail', 'outcomes').out);
  const own = outcomes.filter(({ rule }: { rule: string }) => rule === 'vap/few');
  expect(own.map((one: { outcome: string; resource: { name: string } }) => `${one.resource.name} ${one.outcome}`)).toEqual([
    'high fail',
    'low pass',
  ]);
});

describe('rules of the configuration', () => {
  const RULES = `celRules:
  - id: low-ports
    kinds: [Service]
    title: ports are low
    expression: |
      object.spec.ports.all(p,
        p.port < 1000)
    messageExpression: "'a port of ' + object.metadata.name + ' is high'"
    severity: warning
`;

  test('are judged, listed and explained', () => {
    const folder = repository({ 'plumbline.yaml': RULES, 'web.yaml': service('web', 80, 8443) });
    const { code, out } = run(folder, 'check', '--preset', 'core');
    expect(code).toBe(0);
    expect(out).toContain(
      'warning cel/low-ports  ports are low\n  a port of web is high\n    web.yaml:10:13  Service shop/web  spec.ports[1].port\n',
    );
    expect(run(folder, 'rules', 'cel/*').out).toMatch(/^cel\/low-ports {2}warning {2}core +ports are low$/m);
    expect(run(folder, 'explain', 'cel/low-ports').out).toContain('ports are low');
    writeFileSync(join(folder, 'plumbline.yaml'), `${RULES}rules: {cel/low-ports: off}\n`);
    expect(run(folder, 'check', '--preset', 'core').out).toContain('No findings');
  });

  test('that do not compile end the run with their place', () => {
    const folder = repository({ 'plumbline.yaml': RULES.replace('p.port', 'q.port'), 'web.yaml': service('web', 80) });
    expect(run(folder, 'check')).toEqual({
      code: 2,
      out: '',
      err: "plumbline: plumbline.yaml:7:9: cel/low-ports: undeclared reference to 'q' (in container '')\n",
    });
  });
});
