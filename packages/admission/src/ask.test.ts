import { describe, expect, test } from 'vitest';
import { OPTIONS, object, objects, request, type, world } from '../test/given.ts';
import { ask } from './ask.ts';
import type { AdmissionRequest } from './request.ts';
import { compileValidatingPolicy, uncompiled } from './validating-policy.ts';

const MAPS = "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}";
const NAMESPACE = '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {env: prod}}}';

/** What a policy, written as the inside of its spec, says: an entry for each validation and parameter. */
function said(
  spec: string,
  { binding = '{}', around = NAMESPACE, asked = request() }: { binding?: string; around?: string; asked?: AdmissionRequest } = {},
) {
  const policy = object(`{metadata: {name: p}, spec: {${spec}}}`);
  const spread = object(binding);
  const bindings = [
    { metadata: { name: 'b' }, spec: { policyName: 'p', validationActions: ['Deny'], ...spread } },
    { metadata: { name: 'other' }, spec: { policyName: 'q' } },
  ];
  return ask(compileValidatingPolicy(policy, OPTIONS), bindings, asked, world(around)).map(({ decision }) =>
    decision.message === '' ? decision.outcome : `${decision.outcome}: ${decision.message}`,
  );
}

describe('which objects a policy means', () => {
  const asks = (constraints: string, more: { binding?: string; around?: string; asked?: AdmissionRequest } = {}): string =>
    said(`matchConstraints: ${constraints}, validations: [{expression: 'true'}]`, more).join() || 'not asked';
  const rule = (more: string): string => `{resourceRules: [${MAPS.replace('}', `, ${more}}`)}]}`;
  const one = (groups: string, versions: string, resources: string, more = ''): string =>
    `{resourceRules: [{apiGroups: [${groups}], apiVersions: [${versions}], operations: ['*'], resources: [${resources}]}]${more}}`;
  const deployment = request({
    type: type('apps', 'v1', 'Deployment', 'deployments'),
    equivalents: [type('extensions', 'v1beta1', 'Deployment', 'deployments')],
  });
  const node = request({ type: type('', 'v1', 'Node', 'nodes', false), namespace: '' });

  test.each<[string, string, string, Parameters<typeof asks>[1]?]>([
    ['by its kind', `{resourceRules: [${MAPS}]}`, 'admit'],
    ['another operation', `{resourceRules: [${MAPS.replace('CREATE', 'UPDATE')}]}`, 'not asked'],
    ['no rules mean all', '{}', 'admit'],
    ['wildcards', one("'*'", "'*'", "'*'"), 'admit'],
    ['a wildcard of resources and no subresource', one("''", 'v1', "'*/status'"), 'not asked'],
    ['a subresource', one("''", 'v1', 'configmaps/status'), 'admit', { asked: request({ subresource: 'status' }) }],
    [
      'the resource does not mean its subresources',
      one("''", 'v1', 'configmaps'),
      'not asked',
      { asked: request({ subresource: 'status' }) },
    ],
    ['its name', rule('resourceNames: [web]'), 'admit'],
    ['another name', rule('resourceNames: [web2]'), 'not asked'],
    ['namespaced scope', rule('scope: Namespaced'), 'admit'],
    ['cluster scope', rule('scope: Cluster'), 'not asked'],
    ['an object of a cluster', one("''", 'v1', 'nodes').replace("'*'", 'CREATE'), 'admit', { asked: node }],
    ['excluded', `{resourceRules: [${MAPS}], excludeResourceRules: [${MAPS}]}`, 'not asked'],
    ['excluded by name only', `{resourceRules: [${MAPS}], excludeResourceRules: [${MAPS.replace('}', ', resourceNames: [x]}')}]}`, 'admit'],
    ['labels', `{objectSelector: {matchLabels: {team: red}}}`, 'admit'],
    ['other labels', `{objectSelector: {matchLabels: {team: blue}}}`, 'not asked'],
    ['labels in a set', `{objectSelector: {matchExpressions: [{key: team, operator: In, values: [red, blue]}]}}`, 'admit'],
    ['no such label', `{objectSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}`, 'not asked'],
    ['an empty selector means all', '{objectSelector: {matchLabels: {}}}', 'admit'],
    [
      'the labels of the old object',
      '{objectSelector: {matchLabels: {team: blue}}}',
      'admit',
      { asked: request({ oldObject: object('{metadata: {labels: {team: blue}}}') }) },
    ],
    ['the namespace', '{namespaceSelector: {matchLabels: {env: prod}}}', 'admit'],
    ['another namespace', '{namespaceSelector: {matchLabels: {env: dev}}}', 'not asked'],
    ['the name of the namespace', '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}', 'admit'],
    [
      'a namespace that is not in sight',
      '{namespaceSelector: {matchLabels: {env: prod}}}',
      'unknown: namespace "shop" is not in sight, and a selector asks for its labels',
      { around: '' },
    ],
    [
      'objects of the cluster pass selectors of namespaces',
      '{namespaceSelector: {matchLabels: {env: dev}}}',
      'admit',
      { asked: node, around: '' },
    ],
    ['an equivalent form', one('extensions', 'v1beta1', 'deployments'), 'admit', { asked: deployment }],
    ['no equivalent form', one('extensions', 'v1beta1', 'deployments', ', matchPolicy: Exact'), 'not asked', { asked: deployment }],
    [
      'what configures admission',
      '{}',
      'not asked',
      {
        asked: request({
          type: type('admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', false),
        }),
      },
    ],
    ['the binding as well', '{}', 'not asked', { binding: '{matchResources: {objectSelector: {matchLabels: {team: blue}}}}' }],
  ])('%s', (_name, constraints, expected, more) => {
    expect(asks(constraints, more)).toBe(expected);
  });

  test('a form that needs a conversion is not evaluated', () => {
    const asked = request({
      type: type('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'h'),
      equivalents: [type('autoscaling', 'v1', 'HorizontalPodAutoscaler', 'h')],
    });
    expect(asks(one('autoscaling', 'v1', 'h'), { asked })).toBe(
      'unknown: the policy asks for HorizontalPodAutoscaler in v1, and the object is written in v2: conversion is not done here',
    );
  });

  test('the matched form is what the request names', () => {
    const constraints = one('extensions', 'v1beta1', 'deployments');
    const expression = "request.kind.group + request.requestKind.group == 'extensionsapps' && object.apiVersion == 'extensions/v1beta1'";
    expect(said(`matchConstraints: ${constraints}, validations: [{expression: "${expression}"}]`, { asked: deployment })).toEqual([
      'admit',
    ]);
  });
});

describe('what a policy says', () => {
  const one = (expression: string, more = ''): string => said(`validations: [{expression: "${expression}"${more}}]`).join();
  test.each([
    ['true', '', 'admit'],
    ["  object.data.k == 'x'  ", '', "deny: failed expression: object.data.k == 'x'"],
    ['false', ', message: "  no  "', 'deny: no'],
    ['false', ', message: a, messageExpression: "\'is \' + object.data.num"', 'deny: is 7'],
    ['false', ', message: a, messageExpression: "object.data.zzz + \'\'"', 'deny: a'],
    ['false', ', message: a, messageExpression: "\'\'"', 'deny: a'],
    ['false', ', message: a, messageExpression: "\'one\\\\ntwo\'"', 'deny: a'],
    ['object.data.zzz == 1', '', "error: expression 'object.data.zzz == 1' resulted in error: no such key: zzz"],
    ["authorizer.group('').resource('pods').check('get').allowed()", '', 'unknown'],
    ['oldObject == null', '', 'admit'],
    ["'dev' in request.userInfo.groups && !has(request.userInfo.extra) && !has(request.userInfo.uid)", '', 'admit'],
    ["request.userInfo.username == 'ann' && request.name == 'web' && !has(request.dryRun)", '', 'unknown'],
    ["namespaceObject.metadata.labels.env == 'prod' && namespaceObject.metadata.name == 'shop'", '', 'admit'],
  ])('%s%s', (expression, more, expected) => {
    expect(one(expression, more).replace(/^unknown: .*/, 'unknown')).toBe(expected);
  });

  test('of a namespace that is not in sight only the name is known', () => {
    const about = (expression: string) => said(`validations: [{expression: "${expression}"}]`, { around: '' }).join();
    expect(about("namespaceObject.metadata.name == 'shop'")).toBe('admit');
    expect(about('has(namespaceObject.metadata.labels)')).toMatch(/^unknown: .*namespace "shop" is not in sight/);
  });

  test('all that fail, in their order', () => {
    expect(said("validations: [{expression: 'false', message: a}, {expression: 'true'}, {expression: 'false', message: b}]")).toEqual([
      'deny: a',
      'admit',
      'deny: b',
    ]);
  });
});

describe('variables, conditions, annotations and costs', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'variables are composed',
      "variables: [{name: a, expression: 'object.data.num'}, {name: b, expression: 'int(variables.a) + 1'}], validations: [{expression: 'variables.b == 8'}]",
      ['admit'],
    ],
    [
      'a variable that fails fails where it is used',
      "variables: [{name: a, expression: 'object.data.zzz'}], validations: [{expression: 'true'}, {expression: 'variables.a == 1'}]",
      ['admit', `error: expression 'variables.a == 1' resulted in error: composited variable "a" fails to evaluate: no such key: zzz`],
    ],
    ['a condition that is not met', "matchConditions: [{name: c, expression: 'false'}], validations: [{expression: 'false'}]", []],
    [
      'a condition that fails',
      "matchConditions: [{name: c, expression: 'object.zzz == 1'}], validations: [{expression: 'true'}]",
      ["error: expression 'object.zzz == 1' resulted in error: no such key: zzz"],
    ],
    [
      'a condition that fails where errors are ignored',
      "failurePolicy: Ignore, matchConditions: [{name: c, expression: 'object.zzz == 1'}], validations: [{expression: 'false'}]",
      [],
    ],
    [
      'false wins over failing',
      "matchConditions: [{name: c, expression: 'object.zzz == 1'}, {name: d, expression: 'false'}], validations: [{expression: 'false'}]",
      [],
    ],
    [
      'two that fail',
      "matchConditions: [{name: c, expression: 'object.y == 1'}, {name: d, expression: 'object.z == 1'}], validations: [{expression: 'true'}]",
      [
        "error: [expression 'object.y == 1' resulted in error: no such key: y, expression 'object.z == 1' resulted in error: no such key: z]",
      ],
    ],
    [
      'an annotation that fails denies',
      "auditAnnotations: [{key: k, valueExpression: 'string(object.zzz)'}], validations: [{expression: 'true'}]",
      ['admit', "error: expression 'string(object.zzz)' resulted in error: no such key: zzz"],
    ],
    [
      'an annotation that does not',
      "auditAnnotations: [{key: k, valueExpression: 'string(object.data.k)'}], validations: [{expression: 'true'}]",
      ['admit'],
    ],
  ])('%s', (_name, spec, expected) => {
    expect(said(spec)).toEqual(expected);
  });

  test('one expression may not cost more than a server lets it', () => {
    const list = '[0,1,2,3,4,5,6,7,8,9]';
    const deep = ['a', 'b', 'c', 'd', 'e', 'f'].reduceRight((inner, name) => `${list}.all(${name}, ${inner})`, 'a + f >= 0');
    expect(said(`validations: [{expression: "${deep}"}]`).join()).toContain('error: ');
  });

  test('what does not compile is found', () => {
    const policy = object(
      "{metadata: {name: p}, spec: {variables: [{name: a, expression: 'nope'}], matchConditions: [{name: c, expression: '1'}], validations: [{expression: 'true'}, {expression: 'object.', messageExpression: '1'}], auditAnnotations: [{key: k, valueExpression: '1'}]}}",
    );
    expect(uncompiled(compileValidatingPolicy(policy, OPTIONS)).map(({ path }) => path.join('.'))).toEqual([
      'spec.variables.0.expression',
      'spec.matchConditions.0.expression',
      'spec.validations.1.expression',
      'spec.validations.1.messageExpression',
      'spec.auditAnnotations.0.valueExpression',
    ]);
  });
});

describe('parameters', () => {
  const KIND = 'paramKind: {apiVersion: v1, kind: ConfigMap}';
  const LIMITS = `${NAMESPACE}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: low, namespace: shop, labels: {a: b}}, data: {max: "1"}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: high, namespace: shop, labels: {a: b}}, data: {max: "9"}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: far, namespace: other}, data: {max: "3"}}\n---\n{apiVersion: e.io/v1, kind: ClusterLimit, metadata: {name: all}, max: 5}`;
  const CHECK = "validations: [{expression: 'int(params.data.max) >= 7', messageExpression: \"'max ' + params.data.max\"}]";
  const asked = (paramRef: string, spec = `${KIND}, ${CHECK}`): readonly string[] =>
    said(spec, { binding: `{paramRef: ${paramRef}}`, around: LIMITS });

  test.each<[string, string, readonly string[]]>([
    ['by name', '{name: low}', ['deny: max 1']],
    ['by name in another namespace', '{name: far, namespace: other}', ['deny: max 3']],
    ['by selector, each by itself', '{selector: {matchLabels: {a: b}}}', ['deny: max 1', 'admit']],
    [
      'missing',
      '{name: none, parameterNotFoundAction: Deny}',
      ['error: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction'],
    ],
    ['missing and allowed', '{name: none, parameterNotFoundAction: Allow}', []],
  ])('%s', (_name, paramRef, expected) => {
    expect(asked(paramRef)).toEqual(expected);
  });

  test('without a reference they are null', () => {
    expect(said(`${KIND}, validations: [{expression: 'params == null'}]`, { around: LIMITS })).toEqual(['admit']);
  });

  test('of a kind of the cluster', () => {
    const spec = "paramKind: {apiVersion: e.io/v1, kind: ClusterLimit}, validations: [{expression: 'params.max == 5'}]";
    expect(asked('{name: all}', spec)).toEqual(['admit']);
    expect(asked('{name: all, namespace: shop}', spec)).toEqual([
      'error: failed to configure binding: paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
    ]);
  });

  test('of a kind that nothing defines', () => {
    expect(asked('{name: x}', `paramKind: {apiVersion: e.io/v1, kind: Nothing}, ${CHECK}`)).toEqual([
      'unknown: parameters of kind Nothing (e.io/v1) are not in sight: nothing defines the kind',
    ]);
  });

  test('a namespaced kind for an object of the cluster', () => {
    const node = request({ type: type('', 'v1', 'Node', 'nodes', false), namespace: '' });
    expect(said(`${KIND}, ${CHECK}`, { binding: '{paramRef: {name: low}}', around: LIMITS, asked: node })).toEqual([
      'error: failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    ]);
  });
});

test('a policy without a binding is not asked', () => {
  const policy = compileValidatingPolicy(object("{metadata: {name: p}, spec: {validations: [{expression: 'false'}]}}"), OPTIONS);
  expect(ask(policy, objects('{metadata: {name: b}, spec: {policyName: q}}'), request(), world())).toEqual([]);
});
