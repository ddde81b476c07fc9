import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSchemas } from '../wiring.ts';
import { testPolicies } from './test-policies.ts';

const schemas = openSchemas();
let home = '';
let count = 0;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-policy-tests-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Each case of the tests in a folder with these files: `passed few: Deployment web (pass)`, and why it did not. */
async function ran(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = join(home, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { results, problems } = await testPolicies([], folder, schemas);
  return [
    ...results.map(
      ({ outcome, name, reason, file, line }) => `${outcome} ${name}${reason === undefined ? '' : `: ${reason} (${file}:${line})`}`,
    ),
    ...problems.map((problem) => `problem ${problem}`),
  ];
}

const policy = (spec: string, kind = 'Validating', name = 'few'): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ${kind}AdmissionPolicy\nmetadata: {name: ${name}}\nspec: {matchConstraints: {resourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: [deployments, configmaps]}]}, ${spec}}\n`;
const binding = (spec: string, kind = 'Validating'): string =>
  `---\napiVersion: admissionregistration.k8s.io/v1\nkind: ${kind}AdmissionPolicyBinding\nmetadata: {name: few}\nspec: {policyName: few, ${spec}}\n`;
const map = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {${data}}\n`;
const FEW = policy("validations: [{expression: 'object.data.size() < 2', messageExpression: \"'keys: ' + string(object.data.size())\"}]");
const ONE = map('one', 'a: "1"');
const TWO = map('two', 'a: "1", b: "2"');

describe('plumbline-test.yaml', () => {
  test('manifests that must pass and that must not', async () => {
    const files = {
      't/plumbline-test.yaml': '',
      't/policy.yaml': FEW,
      't/pass/a.yaml': `${ONE}---\n${TWO}`,
      't/fail/b.yaml': `${TWO}---\n${ONE}`,
    };
    expect(await ran(files)).toEqual([
      'passed ConfigMap shop/one (pass)',
      'failed ConfigMap shop/two (pass): expected admit, but it is denied: keys: 2 (t/pass/a.yaml:6)',
      'passed ConfigMap shop/two (fail)',
      'failed ConfigMap shop/one (fail): expected deny or warn or audit, but it is admitted (t/fail/b.yaml:6)',
    ]);
  });

  test('a manifest that no policy means does not pass', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\n';
    expect(await ran({ 'plumbline-test.yaml': '', 'policy.yaml': FEW, 'pass/a.yaml': service })).toEqual([
      'failed Service shop/s (pass): expected admit, but it is asked about by no policy (pass/a.yaml:1)',
    ]);
  });

  test('results: verdicts, messages, one object of several', async () => {
    const results = [
      '{resource: maps.yaml, name: two, result: deny, message: "keys: 2"}',
      '{resource: maps.yaml, name: two, policy: few, result: deny, message: "keys: 3"}',
      '{resource: maps.yaml, name: one, result: admit}',
      '{resource: maps.yaml, name: three, result: admit}',
      '{resource: maps.yaml, result: warn}',
    ];
    expect(
      await ran({
        'plumbline-test.yaml': `results:\n  - ${results.join('\n  - ')}\n`,
        'policy.yaml': FEW,
        'maps.yaml': `${ONE}---\n${TWO}`,
      }),
    ).toEqual([
      'passed ConfigMap shop/two (deny)',
      'failed few: ConfigMap shop/two (deny): expected the message "keys: 3", not "keys: 2" (plumbline-test.yaml:3)',
      'passed ConfigMap shop/one (admit)',
      'failed maps.yaml (admit): maps.yaml has no such object (plumbline-test.yaml:5)',
      'failed ConfigMap shop/one (warn): expected warn, but it is admitted (plumbline-test.yaml:6)',
      'failed ConfigMap shop/two (warn): expected warn, but it is denied: keys: 2 (plumbline-test.yaml:6)',
    ]);
  });

  test.each([
    ['[Deny, Audit]', 'deny'],
    ['[Warn]', 'warn'],
    ['[Audit]', 'audit'],
  ])('actions %s', async (actions, verdict) => {
    const files = { 'plumbline-test.yaml': `results: [{resource: maps.yaml, result: ${verdict}}]`, 'maps.yaml': TWO };
    expect(await ran({ ...files, 'policy.yaml': FEW + binding(`validationActions: ${actions}`) })).toEqual([
      `passed ConfigMap shop/two (${verdict})`,
    ]);
  });

  test('parameters and namespaces are looked up, beside the test and where it says', async () => {
    const spec =
      'paramKind: {apiVersion: v1, kind: ConfigMap}, validations: [{expression: \'object.data.size() <= int(params.data.max) && namespaceObject.metadata.labels.env == "prod"\'}]';
    const files = {
      't/plumbline-test.yaml': 'policies: [../policy.yaml]\nobjects: [../around]\n',
      't/limits.yaml': map('limits', 'max: "1"'),
      'around/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {env: prod}}\n',
      'policy.yaml': policy(spec) + binding('validationActions: [Deny], paramRef: {name: limits, parameterNotFoundAction: Deny}'),
      't/pass/a.yaml': ONE,
      't/fail/a.yaml': TWO,
    };
    expect(await ran(files)).toEqual(['passed ConfigMap shop/one (pass)', 'passed ConfigMap shop/two (fail)']);
    const { 'around/namespace.yaml': _, ...without } = files;
    expect(await ran({ ...without, 'around/x.yaml': ONE })).toEqual([
      'not-evaluated ConfigMap shop/one (pass): expression \'object.data.size() <= int(params.data.max) && namespaceObject.metadata.labels.env == "prod"\' resulted in error: namespace "shop" is not in sight (t/pass/a.yaml:1)',
      'passed ConfigMap shop/two (fail)',
    ]);
  });

  test('objects are judged with the defaults of a server, by the user that the test names', async () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: shop}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}\n';
    const files = {
      'plumbline-test.yaml': 'user: {username: ann, groups: [dev]}\nkubernetesVersion: "1.34"\n',
      'policy.yaml': policy(
        'validations: [{expression: \'object.spec.replicas == 1 && request.userInfo.username == "ann" && "dev" in request.userInfo.groups\'}]',
      ),
      'pass/a.yaml': deployment,
    };
    expect(await ran(files)).toEqual(['passed Deployment shop/d (pass)']);
  });

  test('mutated objects', async () => {
    const mutate = policy(
      "failurePolicy: Fail, reinvocationPolicy: Never, mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: \"Object{data: {'b': '2'}}\"}}]",
      'Mutating',
    );
    const results = '[{resource: one.yaml, result: admit, mutated: good.yaml}, {resource: one.yaml, result: admit, mutated: bad.yaml}]';
    const files = {
      'plumbline-test.yaml': `results: ${results}`,
      'policy.yaml': mutate,
      'one.yaml': ONE,
      'good.yaml': map('one', 'b: "2", a: "1"'),
      'bad.yaml': map('one', 'b: "3", a: "1"'),
    };
    expect(await ran(files)).toEqual([
      'passed ConfigMap shop/one (admit)',
      'failed ConfigMap shop/one (admit): the object comes out otherwise: data.b is "2", expected "3" (plumbline-test.yaml:1)',
    ]);
  });

  test.each([
    ['polices: []', 'plumbline-test.yaml:1:1: unknown key "polices", did you mean "policies"?'],
    ['results: [{resource: one.yaml, result: pass}]', 'plumbline-test.yaml:1:32: result must be one of admit, deny, warn, audit, skip'],
    ['results: [{resource: none.yaml, result: deny}]', 'plumbline-test.yaml: "none.yaml" does not exist'],
    ['policies: [none.yaml]', 'plumbline-test.yaml: "none.yaml" does not exist'],
    ['results: []', 'plumbline-test.yaml:1:1: there is no case: write results, or put manifests into the folders pass and fail'],
  ])('%s is no test', async (text, message) => {
    expect(await ran({ 'plumbline-test.yaml': text, 'policy.yaml': FEW })).toEqual([`problem ${message}`]);
  });
});

describe('kyverno-test.yaml', () => {
  const kyverno = (results: string, more = ''): string =>
    `apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\npolicies: [policy.yaml]\nresources: [maps.yaml]\n${more}results:\n${results}`;
  const result = (text: string): string => `  - {isValidatingAdmissionPolicy: true, kind: ConfigMap, policy: few, ${text}}\n`;

  test('verdicts of single resources, of all, and of some that are not there', async () => {
    const results = [
      result('resources: [one, shop/two], result: pass'),
      result('resource: two, result: fail'),
      result('result: fail'),
      result('resources: [none], result: pass'),
      result('resources: [one], result: pass').replace('policy: few', 'policy: many'),
      result('resources: [one], result: good'),
    ].join('');
    expect(await ran({ 'kyverno-test.yaml': kyverno(results), 'policy.yaml': FEW, 'maps.yaml': `${ONE}---\n${TWO}` })).toEqual([
      'passed few: ConfigMap shop/one (pass)',
      'failed few: ConfigMap shop/two (pass): expected admit, but it is denied: keys: 2 (kyverno-test.yaml:7)',
      'passed few: ConfigMap shop/two (fail)',
      'failed few: ConfigMap shop/one (fail): expected deny, but it is admitted (kyverno-test.yaml:9)',
      'passed few: ConfigMap shop/two (fail)',
      'failed few: ConfigMap none (pass): the resources of the test have none of the name "none" (kyverno-test.yaml:10)',
      'failed many: ConfigMap shop/one (pass): the policies of the test have none of the name "many" (kyverno-test.yaml:11)',
      'failed few: ConfigMap shop/one (good): the result "good" is none of pass, fail, skip, warn, error (kyverno-test.yaml:12)',
    ]);
  });

  test('as the Kyverno command does: no defaults, rules without operations, errors by themselves, warnings by annotation', async () => {
    const files = { 'kyverno-test.yaml': kyverno(result('resources: [one], result: error')), 'maps.yaml': ONE };
    const spec = 'validations: [{expression: \'object.data.zzz == ""\'}]';
    expect(await ran({ ...files, 'policy.yaml': policy(spec).replace('operations: [CREATE], ', '') })).toEqual([
      'passed few: ConfigMap shop/one (error)',
    ]);
    const warned = FEW.replace('{name: few}', '{name: few, annotations: {policies.kyverno.io/scored: "false"}}');
    expect(
      await ran({ 'kyverno-test.yaml': kyverno(result('resources: [two], result: warn')), 'maps.yaml': TWO, 'policy.yaml': warned }),
    ).toEqual(['passed few: ConfigMap shop/two (warn)']);
  });

  test('namespaces of the values, the user, what conditions leave out', async () => {
    const spec =
      'matchConditions: [{name: c, expression: \'object.metadata.name != "two"\'}], validations: [{expression: \'namespaceObject.metadata.labels.env == "prod" && request.userInfo.username == "ann"\'}]';
    const files = {
      'kyverno-test.yaml': kyverno(
        result('resources: [one], result: pass') + result('resources: [two], result: skip'),
        'variables: values.yaml\nuserinfo: user.yaml\n',
      ),
      'values.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Value\nnamespaceSelector: [{name: shop, labels: {env: prod}}]\n',
      'user.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: UserInfo\nuserInfo: {username: ann}\n',
      'maps.yaml': `${ONE}---\n${TWO}`,
      'policy.yaml': policy(spec),
    };
    expect(await ran(files)).toEqual(['passed few: ConfigMap shop/one (pass)', 'passed few: ConfigMap shop/two (skip)']);
  });

  test('patched resources', async () => {
    const mutate = policy(
      "mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"[JSONPatch{op: 'add', path: '/data/b', value: '2'}]\"}}]",
      'Mutating',
    );
    const results =
      result('resources: [one], result: pass, patchedResources: good.yaml') +
      result('resources: [one], result: pass, patchedResources: bad.yaml');
    const files = {
      'kyverno-test.yaml': kyverno(results),
      'policy.yaml': mutate,
      'maps.yaml': ONE,
      'good.yaml': TWO.replace('two', 'one'),
      'bad.yaml': ONE,
    };
    expect(await ran(files)).toEqual([
      'passed few: ConfigMap shop/one (pass)',
      'failed few: ConfigMap shop/one (pass): the object comes out otherwise: data.b is "2", expected not there (kyverno-test.yaml:8)',
    ]);
  });

  test('policies of Kyverno are counted and never pass', async () => {
    const files = {
      'kyverno-test.yaml': kyverno(result('resources: [one], result: pass')),
      'maps.yaml': ONE,
      'policy.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: few}\n',
    };
    expect(await ran(files)).toEqual([
      'not-evaluated few: ConfigMap shop/one (pass): Kyverno policies are not evaluated yet (kyverno-test.yaml:7)',
    ]);
  });

  test('what is on the network is not fetched', async () => {
    const files = {
      'kyverno-test.yaml': kyverno(result('resources: [one], result: pass')).replace('[policy.yaml]', '[https://example.com/p.yaml]'),
      'maps.yaml': ONE,
    };
    expect(await ran(files)).toEqual([
      'not-evaluated few: ConfigMap shop/one (pass): https://example.com/p.yaml is on the network (kyverno-test.yaml:7)',
    ]);
  });
});

test('where there is no test, that is said', async () => {
  await expect(ran({ 'a.yaml': ONE })).rejects.toThrow('there is no kyverno-test.yaml or plumbline-test.yaml in the repository');
});
