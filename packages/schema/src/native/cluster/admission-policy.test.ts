import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
// RE2, for expressions with patterns.
import '../../../test/schemas.ts';
import { checkMutatingPolicy, checkValidatingPolicy } from './admission-policy.ts';
import { checkMutatingBinding, checkValidatingBinding } from './policy-binding.ts';

const RULES = 'resourceRules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]';

function policy(check: typeof checkValidatingPolicy, members: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(members).filter(([, value]) => value !== '');
  const text = `{metadata: {name: a.example.com}, spec: {${all.map(([key, value]) => `${key}: ${value}`).join(', ')}}}`;
  return saidOf(check, text).map((line) => line.replace('spec.', ''));
}

describe('validating policies', () => {
  const of = (members: Readonly<Record<string, string>>): string[] =>
    policy(checkValidatingPolicy, { matchConstraints: `{${RULES}}`, validations: '[{expression: "true"}]', ...members });

  test.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{}],
    [{ failurePolicy: 'ignore' }, 'schema/enum-case failurePolicy'],
    [{ matchConstraints: '' }, 'schema/missing-required matchConstraints'],
    [{ matchConstraints: '{}' }, 'schema/missing-required matchConstraints.resourceRules'],
    [{ paramKind: '{apiVersion: v1, kind: ConfigMap}' }],
    [{ paramKind: '{apiVersion: a/b/c, kind: ConfigMap}' }, 'schema/invalid paramKind.apiVersion'],
    [{ paramKind: '{apiVersion: apps/V1, kind: Config Map}' }, 'schema/invalid paramKind.apiVersion', 'schema/invalid paramKind.kind'],
    [{ paramKind: '{}' }, 'schema/missing-required paramKind.apiVersion', 'schema/missing-required paramKind.kind'],
    [{ validations: '' }, 'schema/missing-required validations'],
    [{ validations: '[{expression: "true", message: " "}]' }, 'schema/invalid validations[0].message'],
    [{ validations: '[{expression: "true", message: "a\\nb"}]' }, 'schema/invalid validations[0].message'],
    [{ validations: '[{expression: "true", reason: Unauthorized}]' }, 'schema/invalid validations[0].reason'],
    [{ validations: '[{}]' }, 'schema/missing-required validations[0].expression'],
    [
      { auditAnnotations: '[{key: a, valueExpression: "null"}, {key: a, valueExpression: "\'a\'"}]' },
      'schema/list-map-duplicate auditAnnotations[1].key',
    ],
    [{ auditAnnotations: '[{key: a b, valueExpression: "\'a\'"}]' }, 'schema/invalid auditAnnotations[0].key'],
    [{ auditAnnotations: '[{key: a, valueExpression: "1"}]' }, 'api/cel-cost auditAnnotations[0].valueExpression'],
  ])('%o', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });

  test.each<[string, Readonly<Record<string, string>>, ...string[]]>([
    ['object.spec.containers.all(c, c.image != "")', {}],
    ['object.spec.containers.all(c, c.image)', {}],
    ['1 + 1', {}, 'api/cel-cost validations[0].expression'],
    ['request.nope', {}, 'api/cel-cost validations[0].expression'],
    ['params.x == 1', {}, 'api/cel-cost validations[0].expression'],
    ['params.x == 1', { paramKind: '{apiVersion: v1, kind: ConfigMap}' }],
    ['authorizer.requestResource.check("get").allowed()', {}],
    ['namespaceObject.metadata.labels["a"] == "b"', {}],
    ['variables.a', {}, 'api/cel-cost validations[0].expression'],
    ['variables.a == 1', { variables: '[{name: a, expression: "1"}]' }],
    ['variables.a == "x"', { variables: '[{name: a, expression: "1"}]' }, 'api/cel-cost validations[0].expression'],
    ['variables.b == 2', { variables: '[{name: a, expression: "1"}, {name: b, expression: variables.a + 1}]' }],
    ['true', { variables: '[{name: b, expression: variables.a}, {name: a, expression: "1"}]' }, 'api/cel-cost variables[0].expression'],
    ['true', { variables: '[{name: in, expression: "1"}]' }, 'schema/invalid variables[0].name'],
    ['object.metadata.name.matches("[")', {}, 'api/cel-cost validations[0].expression'],
  ])('%s %o', (expression, members, ...lines) => {
    expect(of({ ...members, validations: `[{expression: ${JSON.stringify(expression)}}]` })).toEqual(lines);
  });

  test('a message is text, and knows no authorizer', () => {
    const message = (text: string): string[] => of({ validations: `[{expression: "true", messageExpression: ${JSON.stringify(text)}}]` });
    expect(message("'a' + object.metadata.name")).toEqual([]);
    expect(message('object.metadata.name')).toEqual(['api/cel-cost validations[0].messageExpression']);
    expect(message("authorizer.path('/').check('get').reason()")).toEqual(['api/cel-cost validations[0].messageExpression']);
    expect(message(' ')).toEqual(['schema/invalid validations[0].messageExpression']);
  });

  test('the older server knows less', () => {
    const text = `{metadata: {name: a}, spec: {matchConstraints: {${RULES}}, validations: [{expression: "'a'.lowerAscii() == 'a' && quantity('1') == quantity('1')"}]}}`;
    expect(saidOf(checkValidatingPolicy, text)).toEqual([]);
  });
});

describe('mutating policies', () => {
  const APPLY = '[{patchType: ApplyConfiguration, applyConfiguration: {expression: "Object{spec: Object.spec{paused: true}}"}}]';
  const of = (members: Readonly<Record<string, string>>): string[] =>
    policy(checkMutatingPolicy, { matchConstraints: `{${RULES}}`, reinvocationPolicy: 'Never', mutations: APPLY, ...members });

  test.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{}],
    [{ reinvocationPolicy: '' }, 'schema/missing-required reinvocationPolicy'],
    [{ mutations: '' }, 'schema/missing-required mutations'],
    [{ mutations: '[{}]' }, 'schema/missing-required mutations[0].patchType'],
    [{ mutations: '[{patchType: JSONPatch}]' }, 'schema/missing-required mutations[0].jsonPatch'],
    [{ mutations: '[{patchType: jsonpatch}]' }, 'schema/enum-case mutations[0].patchType'],
    [{ mutations: "[{patchType: JSONPatch, jsonPatch: {expression: \"[JSONPatch{op: 'remove', path: '/a'}]\"}}]" }],
    [{ mutations: '[{patchType: JSONPatch, jsonPatch: {expression: "Object{}"}}]' }, 'api/cel-cost mutations[0].jsonPatch.expression'],
    [{ mutations: `${APPLY.slice(0, -2)}, jsonPatch: {expression: "[]"}}]` }, 'schema/invalid mutations[0].jsonPatch'],
    [{ matchConstraints: `{${RULES.replace('CREATE', 'DELETE')}}` }, 'schema/invalid matchConstraints.resourceRules[0].operations[0]'],
    [{ variables: '[{name: a, expression: "Object{}"}]' }, 'api/cel-cost variables[0].expression'],
  ])('%o', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('bindings', () => {
  test.each<[string, ...string[]]>([
    ['policyName: a, validationActions: [Deny, Audit]'],
    ['policyName: a', 'schema/missing-required spec.validationActions'],
    ['policyName: a, validationActions: [Deny, Warn]', 'schema/invalid spec.validationActions'],
    ['policyName: a, validationActions: [deny]', 'schema/enum-case spec.validationActions[0]'],
    ['policyName: A, validationActions: [Deny]', 'schema/invalid spec.policyName'],
    ['policyName: a, validationActions: [Deny], paramRef: {name: a, parameterNotFoundAction: Deny}'],
    ['policyName: a, validationActions: [Deny], paramRef: {parameterNotFoundAction: Deny}', 'schema/missing-required spec.paramRef'],
    ['policyName: a, validationActions: [Deny], paramRef: {name: a}', 'schema/missing-required spec.paramRef.parameterNotFoundAction'],
    [
      'policyName: a, validationActions: [Deny], paramRef: {name: a, selector: {}, parameterNotFoundAction: Allow}',
      'schema/invalid spec.paramRef.name',
    ],
    [
      `policyName: a, validationActions: [Deny], matchResources: {${RULES.replace('}]', ', resourceNames: [a, a]}]')}}`,
      'schema/list-map-duplicate spec.matchResources.resourceRules[0].resourceNames[1]',
    ],
  ])('%s', (spec, ...lines) => {
    expect(saidOf(checkValidatingBinding, `{metadata: {name: a}, spec: {${spec}}}`)).toEqual(lines);
  });

  test('of a mutating policy has no actions', () => {
    expect(saidOf(checkMutatingBinding, '{metadata: {name: a}, spec: {policyName: a}}')).toEqual([]);
  });
});
