import { type JsonObject, member } from '@plumbline/core';
import { deducedTopology, type FieldTopology, type Topology } from '@plumbline/schema';
import { describe, expect, test } from 'vitest';
import { OPTIONS, object, request, type, world } from '../test/given.ts';
import { denialOf, mutate } from './mutate.ts';
import { compileMutatingPolicy, uncompiledMutations } from './mutating-policy.ts';

const apply = (expression: string): string => `{patchType: ApplyConfiguration, applyConfiguration: {expression: "${expression}"}}`;
const patch = (expression: string): string => `{patchType: JSONPatch, jsonPatch: {expression: "${expression}"}}`;

/** As objects whose kind nothing describes, but that finalizers are replaced as one. */
function topologyOf(): Topology {
  const deduced = deducedTopology();
  const text: Topology = { scalar: 'string', list: undefined, map: undefined };
  const finalizers: Topology = { scalar: undefined, list: { kind: 'atomic', keys: [], item: text }, map: undefined };
  const field = (type: Topology): FieldTopology => ({ type, default: undefined, patchStrategies: [], mergeKey: undefined });
  const only = (name: string, type: Topology): Topology => ({
    scalar: undefined,
    list: undefined,
    map: { isAtomic: false, fields: { get: (key) => (key === name ? field(type) : undefined) }, values: deduced, isDeduced: false },
  });
  return only('metadata', only('finalizers', finalizers));
}

interface Given {
  readonly more?: string;
  readonly binding?: string;
}

/** Policies, each the inside of a list of mutations, over the ConfigMap of requests. */
function mutated(policies: readonly (readonly [mutations: string, given?: Given])[], admittedAgain?: (object: JsonObject) => JsonObject) {
  const compiled = policies.map(([mutations, { more = '' } = {}], at) =>
    compileMutatingPolicy(
      object(`{metadata: {name: p${at}}, spec: {mutations: [${mutations}]${more === '' ? '' : `, ${more}`}}}`),
      OPTIONS,
    ),
  );
  expect(compiled.flatMap(uncompiledMutations)).toEqual([]);
  const bindings = policies.map(([, { binding = '{}' } = {}], at) => ({
    metadata: { name: `b${at}` },
    spec: { policyName: `p${at}`, ...object(binding) },
  }));
  const result = mutate(compiled, bindings, request(), world('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}'), {
    topologyOf,
    defaulted: (one) => one,
    ...(admittedAgain === undefined ? {} : { admittedAgain }),
  });
  return {
    data: result.object.data,
    labels: member(result.object.metadata, 'labels'),
    failures: result.failures.map((failure) => `${failure.outcome}: ${denialOf(failure)}`),
    changedBy: result.changedBy.map(({ name }) => name),
    invoked: result.invoked.map(({ name }) => name),
  };
}

const COUNT = apply("Object{data: {'count': string(has(object.data.count) ? int(object.data.count) + 1 : 1)}}");
const BEFORE = { k: 'v', num: '7' };

describe('one policy', () => {
  test('adds what an apply configuration says, and leaves the rest', () => {
    expect(mutated([[apply("Object{metadata: Object.metadata{labels: {'a': request.name}}}")]])).toMatchObject({
      data: BEFORE,
      labels: { team: 'red', a: 'web' },
      failures: [],
      changedBy: ['p0'],
    });
  });

  test('its mutations see those before', () => {
    expect(mutated([[`${apply("Object{data: {'a': 'x'}}")}, ${apply("Object{data: {'b': object.data.a + 'y'}}")}`]]).data).toEqual({
      ...BEFORE,
      a: 'x',
      b: 'xy',
    });
  });

  test('that changes nothing was asked all the same', () => {
    expect(mutated([[apply('Object{}')]])).toMatchObject({ changedBy: [], invoked: ['p0'], data: BEFORE });
  });

  test('whose conditions are not met, or that means something else, is not asked', () => {
    const unmet = { more: "matchConditions: [{name: c, expression: 'false'}]" };
    const other = {
      more: "matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: ['*'], operations: ['*'], resources: ['*']}]}",
    };
    expect(
      mutated([
        [COUNT, unmet],
        [COUNT, other],
        [COUNT, { binding: '{matchResources: {objectSelector: {matchLabels: {team: blue}}}}' }],
      ]),
    ).toMatchObject({
      data: BEFORE,
      invoked: [],
    });
  });

  test.each<[string, string, string]>([
    [
      'an expression that fails',
      apply("Object{data: {'a': object.data.zzz}}"),
      `policy 'p0' with binding 'b0' denied request: expression 'Object{data: {'a': object.data.zzz}}' resulted in error: no such key: zzz`,
    ],
    [
      'a type that is not that of its place',
      apply("Object{data: Object.spec{x: 'y'}}"),
      `policy 'p0' with binding 'b0' denied request: type mismatch: unexpected type name "Object.spec", expected "Object.data", which matches field name path from root Object type`,
    ],
    [
      'a list that is replaced as one',
      apply("Object{metadata: Object.metadata{finalizers: ['a/b']}}"),
      `policy 'p0' with binding 'b0' denied request: error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .metadata.finalizers`,
    ],
    [
      'a patch of nothing',
      patch("[JSONPatch{op: 'remove', path: '/data/zzz'}]"),
      `policy 'p0' with binding 'b0' denied request: JSON Patch: error in remove for path: '/data/zzz': Unable to remove nonexistent key: zzz: missing value`,
    ],
  ])('%s denies', (_name, mutation, message) => {
    expect(mutated([[mutation]])).toMatchObject({ data: BEFORE, failures: [`error: ${message}`] });
  });

  test('that ignores errors goes on after one', () => {
    const broken = patch("[JSONPatch{op: 'remove', path: '/data/zzz'}]");
    expect(mutated([[`${broken}, ${apply("Object{data: {'a': 'x'}}")}`, { more: 'failurePolicy: Ignore' }]]).data).toEqual({
      ...BEFORE,
      a: 'x',
    });
  });

  test('whose parameters are missing', () => {
    const given = { more: 'paramKind: {apiVersion: v1, kind: ConfigMap}', binding: '{paramRef: {name: x, parameterNotFoundAction: Deny}}' };
    expect(mutated([[COUNT, given]]).failures).toEqual([
      "error: policy 'p0' with binding 'b0' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
    ]);
  });
});

describe('several', () => {
  const again = { more: 'reinvocationPolicy: IfNeeded' };
  const other = apply("Object{data: {'other': 'x'}}");

  test.each<[string, readonly (readonly [string, Given?])[], string]>([
    ['a policy that does not ask for it is asked once', [[COUNT], [other]], '1'],
    ['one that does is asked again where a later one changed the object', [[COUNT, again], [other]], '2'],
    ['and where it changed the object itself', [[COUNT, again]], '2'],
    [
      'but no third time',
      [
        [COUNT, again],
        [COUNT, again],
      ],
      '4',
    ],
  ])('%s', (_name, policies, count) => {
    expect(member(mutated(policies).data, 'count')).toBe(count);
  });

  test('a policy is asked again with the object as it then is', () => {
    const once = { more: "reinvocationPolicy: IfNeeded, matchConditions: [{name: c, expression: '!has(object.data.other)'}]" };
    expect(member(mutated([[COUNT, once], [other]]).data, 'count')).toBe('1');
  });

  test('the plugins before are asked once more after a change, and not without one', () => {
    const marked = (one: JsonObject): JsonObject => ({ ...one, metadata: { ...(one.metadata as JsonObject), labels: { again: 'x' } } }); // metadata is an object in these tests
    expect(mutated([[other]], marked).labels).toEqual({ again: 'x' });
    expect(mutated([[apply('Object{}')]], marked).labels).toEqual({ team: 'red' });
  });

  test('a denial ends it', () => {
    const { data, failures } = mutated([[COUNT, again], [patch("[JSONPatch{op: 'remove', path: '/none/x'}]")]]);
    expect([member(data, 'count'), failures.length]).toEqual(['1', 1]);
  });
});

test('objects that configure admission are left alone', () => {
  const policy = compileMutatingPolicy(object(`{metadata: {name: p}, spec: {mutations: [${COUNT}]}}`), OPTIONS);
  const asked = request({ type: type('admissionregistration.k8s.io', 'v1', 'MutatingWebhookConfiguration', 'x', false) });
  expect(
    mutate([policy], [{ metadata: { name: 'b' }, spec: { policyName: 'p' } }], asked, world(), {
      topologyOf: deducedTopology,
      defaulted: (one) => one,
    }).invoked,
  ).toEqual([]);
});

test('how a kind merges that is not known is said', () => {
  const policy = compileMutatingPolicy(object(`{metadata: {name: p}, spec: {mutations: [${COUNT}]}}`), OPTIONS);
  const { failures } = mutate(
    [policy],
    [{ metadata: { name: 'b' }, spec: { policyName: 'p' } }],
    request(),
    world('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}'),
    {
      topologyOf: () => undefined,
      defaulted: (one) => one,
    },
  );
  expect(failures).toMatchObject([{ outcome: 'unknown', message: 'how objects of the kind are merged is not known here' }]);
});
