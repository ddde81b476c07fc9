import type { JsonObject, JsonValue } from '@plumbline/core';

/** A policy of the table, and what is sent past it. */
export interface PolicyRow {
  readonly name: string;
  readonly kind: 'ValidatingAdmissionPolicy' | 'MutatingAdmissionPolicy';
  readonly spec: JsonObject;
  readonly binding: JsonObject;
  /** Objects that exist, in the row's own namespace. */
  readonly params: readonly JsonObject[];
  /** Without a namespace: each is sent to the row's own. */
  readonly objects: readonly JsonObject[];
}

const rule = (groups: string, resources: string, more: JsonObject = {}): JsonObject => ({
  apiGroups: [groups],
  apiVersions: ['*'],
  operations: ['CREATE'],
  resources: resources.split(' '),
  ...more,
});
const ON_MAPS: JsonObject = { resourceRules: [rule('', 'configmaps')] };
const ON_PODS: JsonObject = { resourceRules: [rule('', 'pods')] };
const ON_APPS: JsonObject = { resourceRules: [rule('apps', 'deployments')] };

const map = (name: string, data: JsonObject, labels?: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(labels === undefined ? {} : { labels }) },
  data,
});
const pod = (name: string, spec: JsonObject = {}, container: JsonObject = {}, labels: JsonObject = { app: name }): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'c', image: 'nginx:1.25', ...container }], ...spec },
});
const deployment = (name: string, spec: JsonObject = {}, container: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { app: name } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25', ...container }] } },
    ...spec,
  },
});

const A = map('a', { k: 'v', n: '7' }, { team: 'red' });
const B = map('b', { k: '' });
const PODS = [pod('plain'), pod('open', { hostNetwork: true }, { securityContext: { privileged: true } })];
const APPS = [deployment('few', { replicas: 2 }), deployment('many', { replicas: 9 }), deployment('default')];

interface Rest {
  readonly spec?: JsonObject;
  readonly binding?: JsonObject;
  readonly params?: readonly JsonObject[];
}

function validating(
  name: string,
  on: JsonObject,
  validations: readonly JsonValue[],
  objects: readonly JsonObject[],
  rest: Rest = {},
): PolicyRow {
  const spec = { matchConstraints: on, validations, ...rest.spec };
  return {
    name,
    kind: 'ValidatingAdmissionPolicy',
    spec,
    binding: { validationActions: ['Deny'], ...rest.binding },
    params: rest.params ?? [],
    objects,
  };
}

function mutating(
  name: string,
  on: JsonObject,
  mutations: readonly JsonValue[],
  objects: readonly JsonObject[],
  rest: Rest = {},
): PolicyRow {
  const spec = { matchConstraints: on, reinvocationPolicy: 'Never', failurePolicy: 'Fail', mutations, ...rest.spec };
  return { name, kind: 'MutatingAdmissionPolicy', spec, binding: { ...rest.binding }, params: rest.params ?? [], objects };
}

const says = (expression: string, message?: string): JsonObject => (message === undefined ? { expression } : { expression, message });
const tells = (expression: string, messageExpression: string): JsonObject => ({ expression, messageExpression, message: 'the fixed one' });
const apply = (expression: string): JsonObject => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
const patch = (expression: string): JsonObject => ({ patchType: 'JSONPatch', jsonPatch: { expression } });
const MAP_PARAMS: JsonObject = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };

export const POLICIES: readonly PolicyRow[] = [
  validating('plain', ON_APPS, [says('object.spec.replicas <= 5')], APPS),
  validating('message', ON_APPS, [says('object.spec.replicas <= 5', '  too many  ')], APPS),
  validating(
    'message-expression',
    ON_APPS,
    [tells('object.spec.replicas <= 5', "'no more than 5, not ' + string(object.spec.replicas)")],
    APPS,
  ),
  validating('message-expression-fails', ON_APPS, [tells('object.spec.replicas <= 5', 'string(object.spec.nothing)')], APPS),
  validating('message-expression-lines', ON_APPS, [tells('object.spec.replicas <= 5', "'one\\ntwo'")], APPS),
  validating('second-of-two', ON_APPS, [says('true'), says('object.spec.replicas <= 5', 'second')], APPS),
  validating('both-fail', ON_MAPS, [says('false', 'first'), says('false', 'second')], [A]),
  validating('no-such-key', ON_MAPS, [says("object.data.k == 'v'")], [A, B, map('none', {})]),
  validating('no-such-key-ignored', ON_MAPS, [says("object.data.missing == 'v'"), says('false', 'after it')], [A], {
    spec: { failurePolicy: 'Ignore' },
  }),
  validating('optionals', ON_MAPS, [says("object.?data[?'n'].orValue('0') == '7'", 'n is not 7')], [A, B]),
  validating(
    'all',
    ON_PODS,
    [says('object.spec.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged) || !c.securityContext.privileged)')],
    PODS,
  ),
  validating(
    'defaults-are-there',
    ON_PODS,
    [says("object.spec.restartPolicy == 'Never'", 'restarts'), says('has(object.spec.hostNetwork)', 'no host')],
    PODS,
  ),
  validating('admission-adds', ON_PODS, [says('size(object.spec.tolerations) == 0 || object.spec.priority > 0', 'tolerates')], PODS),
  validating(
    'own-metadata',
    ON_PODS,
    [
      tells(
        'false',
        'string(has(object.metadata.uid)) + string(has(object.metadata.managedFields)) + string(has(object.metadata.generation)) + object.status.qosClass',
      ),
    ],
    PODS,
  ),
  validating(
    'no-generation',
    ON_MAPS,
    [
      tells(
        'false',
        'string(has(object.metadata.generation)) + string(has(object.metadata.managedFields)) + string(has(object.metadata.creationTimestamp))',
      ),
    ],
    [A, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bare' } }],
  ),
  validating(
    'request',
    ON_MAPS,
    [
      tells(
        'false',
        "request.operation + ' ' + request.kind.kind + ' ' + request.resource.resource + ' ' + request.name + ' ' + request.userInfo.username + ' ' + request.userInfo.groups.join() + ' ' + string(has(request.userInfo.uid)) + string(has(request.userInfo.extra))",
      ),
    ],
    [A],
  ),
  validating(
    'namespace-object',
    ON_MAPS,
    [tells("namespaceObject.metadata.labels['row'] == 'other'", "namespaceObject.metadata.labels['row']")],
    [A],
  ),
  validating('old-object', ON_MAPS, [says('oldObject != null', 'there is no old one')], [A]),
  validating('variables', ON_APPS, [tells('variables.twice < 10', "'twice ' + string(variables.twice)")], APPS, {
    spec: {
      variables: [
        { name: 'n', expression: 'object.spec.replicas' },
        { name: 'twice', expression: 'variables.n * 2' },
      ],
    },
  }),
  validating('variable-fails', ON_MAPS, [says('variables.x > 0')], [A, B], {
    spec: { variables: [{ name: 'x', expression: 'int(object.data.n)' }] },
  }),
  validating('variable-unused', ON_MAPS, [says('true')], [A], { spec: { variables: [{ name: 'x', expression: 'int(object.data.zzz)' }] } }),
  validating('conditions', ON_MAPS, [says('false', 'red')], [A, B], {
    spec: { matchConditions: [{ name: 'red', expression: "has(object.metadata.labels) && object.metadata.labels.team == 'red'" }] },
  }),
  validating('condition-fails', ON_MAPS, [says('true')], [A, B], {
    spec: { matchConditions: [{ name: 'x', expression: 'object.data.n == object.data.z' }] },
  }),
  validating('condition-fails-ignored', ON_MAPS, [says('false')], [A], {
    spec: { failurePolicy: 'Ignore', matchConditions: [{ name: 'x', expression: "object.data.z == ''" }] },
  }),
  validating('condition-false-wins', ON_MAPS, [says('false')], [A], {
    spec: {
      matchConditions: [
        { name: 'x', expression: "object.data.z == ''" },
        { name: 'y', expression: 'false' },
      ],
    },
  }),
  validating('object-selector', { ...ON_MAPS, objectSelector: { matchLabels: { team: 'red' } } }, [says('false', 'red')], [A, B]),
  validating(
    'selector-expressions',
    { ...ON_MAPS, objectSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['red'] }] } },
    [says('false')],
    [A, B],
  ),
  validating('names', { resourceRules: [rule('', 'configmaps', { resourceNames: ['a'] })] }, [says('false')], [A, B]),
  validating('excluded', { ...ON_MAPS, excludeResourceRules: [rule('', 'configmaps', { resourceNames: ['a'] })] }, [says('false')], [A, B]),
  validating('scope-cluster', { resourceRules: [rule('', 'configmaps', { scope: 'Cluster' })] }, [says('false')], [A]),
  validating('every-resource', { resourceRules: [rule('*', '*')] }, [says('false', 'all of them')], [A, ...PODS]),
  validating(
    'equivalent',
    { resourceRules: [rule('policy', 'poddisruptionbudgets', { apiVersions: ['v1'] })] },
    [says('object.spec.minAvailable > 1', 'one')],
    [
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'a' },
        spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
      },
    ],
  ),
  validating('warns', ON_MAPS, [says('false', 'a "quoted" word'), says('false', 'another')], [A], {
    binding: { validationActions: ['Warn'] },
  }),
  validating('warns-and-audits', ON_MAPS, [says("object.data.k == 'w'", 'k')], [A, B], {
    binding: { validationActions: ['Warn', 'Audit'] },
  }),
  validating('binding-selects', ON_MAPS, [says('false')], [A, B], {
    binding: { matchResources: { objectSelector: { matchLabels: { team: 'red' } } } },
  }),
  validating('param-by-name', ON_APPS, [tells('object.spec.replicas <= int(params.data.max)', "'the most is ' + params.data.max")], APPS, {
    spec: MAP_PARAMS,
    params: [map('limits', { max: '3' })],
    binding: { paramRef: { name: 'limits', parameterNotFoundAction: 'Deny' } },
  }),
  validating('param-missing-deny', ON_MAPS, [says('true')], [A], {
    spec: MAP_PARAMS,
    binding: { paramRef: { name: 'nope', parameterNotFoundAction: 'Deny' } },
  }),
  validating('param-missing-allow', ON_MAPS, [says('false')], [A], {
    spec: MAP_PARAMS,
    binding: { paramRef: { name: 'nope', parameterNotFoundAction: 'Allow' } },
  }),
  validating('param-null', ON_MAPS, [says('params != null', 'no params')], [A], { spec: MAP_PARAMS }),
  validating(
    'strings',
    ON_MAPS,
    [tells("object.data.k.matches('^[a-u]$')", "'%s is %d'.format([object.data.k.upperAscii(), object.metadata.name.size()])")],
    [A, B],
  ),
  validating(
    'quantities',
    ON_PODS,
    [says("quantity(object.spec.containers[0].resources.limits.memory).isLessThan(quantity('1Gi'))", 'too big')],
    [
      pod('small', {}, { resources: { limits: { memory: '100M' } } }),
      pod('big', {}, { resources: { limits: { memory: '2Gi' } } }),
      pod('none'),
    ],
  ),
  validating(
    'costly',
    ON_PODS,
    [
      says(
        '[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e > 0)))))',
      ),
    ],
    [PODS[0] ?? pod('p')],
  ),

  mutating('label', ON_MAPS, [apply("Object{metadata: Object.metadata{labels: {'added': request.name}}}")], [A, B]),
  mutating(
    'container',
    ON_PODS,
    [apply("Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: 'mesh', image: 'mesh:1'}]}}")],
    PODS,
  ),
  mutating(
    'image',
    ON_PODS,
    [patch("object.spec.containers.map(c, JSONPatch{op: 'replace', path: '/spec/containers/0/image', value: 'mirror/' + c.image})")],
    PODS,
  ),
  mutating(
    'two-steps',
    ON_MAPS,
    [apply("Object{data: {'one': '1'}}"), apply("Object{data: {'two': string(has(object.data.one))}}")],
    [A, B],
  ),
  mutating(
    'test-fails',
    ON_MAPS,
    [patch("[JSONPatch{op: 'test', path: '/data/k', value: 'v'}, JSONPatch{op: 'add', path: '/data/z', value: 'z'}]")],
    [A, B],
  ),
  mutating(
    'atomic',
    ON_PODS,
    [apply("Object{spec: Object.spec{containers: [Object.spec.containers{name: 'c', command: ['x']}]}}")],
    [PODS[0] ?? pod('p')],
  ),
  mutating('patch-fails', ON_MAPS, [patch("[JSONPatch{op: 'remove', path: '/data/none'}]")], [A]),
  mutating(
    'patch-fails-ignored',
    ON_MAPS,
    [patch("[JSONPatch{op: 'remove', path: '/data/none'}]"), apply("Object{data: {'after': '1'}}")],
    [A],
    { spec: { failurePolicy: 'Ignore' } },
  ),
  mutating('replace-makes', ON_MAPS, [patch("[JSONPatch{op: 'replace', path: '/data/fresh', value: 'x'}]")], [A]),
  mutating('add-nowhere', ON_MAPS, [patch("[JSONPatch{op: 'add', path: '/data/none/deep', value: 'x'}]")], [A]),
  mutating('replace-nowhere', ON_MAPS, [patch("[JSONPatch{op: 'replace', path: '/none/deep', value: 'x'}]")], [A]),
  mutating(
    'index-too-big',
    ON_PODS,
    [patch("[JSONPatch{op: 'add', path: '/spec/containers/7/image', value: 'x'}]")],
    [PODS[0] ?? pod('p')],
  ),
  mutating(
    'index-of-no-number',
    ON_PODS,
    [patch("[JSONPatch{op: 'add', path: '/spec/tolerations/x', value: {'key': 'k'}}]")],
    [PODS[0] ?? pod('p')],
  ),
  mutating(
    'index-from-the-end',
    ON_PODS,
    [patch("[JSONPatch{op: 'replace', path: '/spec/tolerations/-1/tolerationSeconds', value: 5}]")],
    PODS,
  ),
  mutating('remove-index', ON_PODS, [patch("[JSONPatch{op: 'remove', path: '/spec/tolerations/9'}]")], [PODS[0] ?? pod('p')]),
  mutating('move', ON_MAPS, [patch("[JSONPatch{op: 'move', from: '/data/k', path: '/data/moved'}]")], [A, map('other', { z: 'z' })]),
  mutating('copy', ON_MAPS, [patch("[JSONPatch{op: 'copy', from: '/data/k', path: '/data/copied'}]")], [A]),
  mutating('copy-nowhere', ON_MAPS, [patch("[JSONPatch{op: 'copy', from: '/none/k', path: '/data/copied'}]")], [A]),
  mutating('test-nowhere', ON_MAPS, [patch("[JSONPatch{op: 'test', path: '/none/k', value: 'x'}]")], [A]),
  mutating(
    'append',
    ON_PODS,
    [patch("[JSONPatch{op: 'add', path: '/spec/containers/-', value: Object.spec.containers{name: 'side', image: 'side:1'}}]")],
    PODS,
  ),
  mutating(
    'escaped',
    ON_MAPS,
    [patch("[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a.b/c'), value: 'x'}]")],
    [A],
  ),
  mutating(
    'before-storage',
    ON_PODS,
    [
      apply(
        "Object{metadata: Object.metadata{annotations: {'seen': string(has(object.metadata.uid)) + string(has(object.metadata.generation)) + string(has(object.metadata.managedFields)) + string(has(object.spec.priority))}}}",
      ),
    ],
    PODS,
  ),
  mutating('reinvoked', ON_MAPS, [apply("Object{data: {'count': string(has(object.data.count) ? int(object.data.count) + 1 : 1)}}")], [A], {
    spec: { reinvocationPolicy: 'IfNeeded' },
  }),
  mutating(
    'tolerations-again',
    ON_PODS,
    [patch("[JSONPatch{op: 'add', path: '/spec/tolerations', value: [Object.spec.tolerations{key: 'k', operator: 'Exists'}]}]")],
    PODS,
  ),
  mutating('conditional', ON_APPS, [apply('object.spec.replicas > 5 ? Object{spec: Object.spec{replicas: 5}} : Object{}')], APPS),
  mutating('with-params', ON_APPS, [apply('Object{spec: Object.spec{replicas: int(params.data.max)}}')], APPS, {
    spec: MAP_PARAMS,
    params: [map('limits', { max: '3' })],
    binding: { paramRef: { name: 'limits', parameterNotFoundAction: 'Deny' } },
  }),
  mutating('wrong-type-name', ON_MAPS, [apply("Object{data: Object.metadata{name: 'x'}}")], [A]),
];
