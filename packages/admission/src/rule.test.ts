import type { Inventory, JsonObject, NotEvaluated, Problem, Resource, RuleContext } from '@plumbline/core';
import { deducedTopology } from '@plumbline/schema';
import { beforeEach, expect, test } from 'vitest';
import { CONFIG_MAPS, object, objects, patterns, type } from '../test/given.ts';
import { createAdmissionRule } from './rule.ts';

const MAP = object('{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, data: {k: v}}');
const SECRET = object('{apiVersion: v1, kind: Secret, metadata: {name: s}}');
const policy = (name: string, spec: string, kind = 'Validating'): string =>
  `{apiVersion: admissionregistration.k8s.io/v1, kind: ${kind}AdmissionPolicy, metadata: {name: ${name}}, spec: {matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]}, ${spec}}}`;
const binding = (name: string, more = 'validationActions: [Deny]', kind = 'Validating'): string =>
  `{apiVersion: admissionregistration.k8s.io/v1, kind: ${kind}AdmissionPolicyBinding, metadata: {name: b-${name}}, spec: {policyName: ${name}, ${more}}}`;

let defaulted = 0;
beforeEach(() => {
  defaulted = 0;
});

/** What the rule says of an object where the repository holds some policies and others were given. */
function said(inRepository: readonly string[], given: readonly string[] = [], judged: JsonObject = MAP) {
  const rule = createAdmissionRule({
    patterns,
    typeOf: ({ gvk: { kind } }) => ({ type: kind === 'Secret' ? type('', 'v1', 'Secret', 'secrets') : CONFIG_MAPS, equivalents: [] }),
    defaulted(one) {
      defaulted++;
      return one;
    },
    topologyOf: deducedTopology,
    policies: given.flatMap(objects),
  });
  const resources = inRepository.flatMap(objects).map(resource);
  const inventory: Inventory = {
    byKind: (key) => resources.filter(({ gvk }) => key === `${gvk.group}/${gvk.kind}`),
    byKey: () => undefined,
    all: () => resources,
    incomplete: undefined,
    isExternal: () => false,
  };
  // Of the context the rule reads no more than this, of a resource no more than its object and names.
  const context = {
    versions: ['1.37'],
    inventory,
    kinds: { scopeOf: () => undefined, isBuiltinGroup: () => false },
  } as unknown as RuleContext;
  const one = resource(judged);
  return {
    says: [...rule.check(one, context)].map((problem: Problem | NotEvaluated) =>
      'notEvaluated' in problem
        ? `${problem.rule} not evaluated: ${problem.notEvaluated}`
        : `${problem.rule} ${problem.severity ?? problem.info?.severity}: ${problem.message}`,
    ),
    judges: [...(rule.judges?.(one, context) ?? [])],
  };
}

function resource(of: JsonObject): Resource {
  const [version = '', group = ''] = String(of.apiVersion).split('/').reverse();
  const gvk = { group, version, kind: String(of.kind) };
  const document = { file: { path: 'x.yaml' }, rangeOf: () => ({ line: 1, column: 1, endLine: 1, endColumn: 2 }) };
  return {
    gvk,
    namespace: undefined,
    name: String((of.metadata as JsonObject).name),
    object: of,
    document,
    root: [],
  } as unknown as Resource; // as above
}

const NO = policy('nay', "validations: [{expression: 'false', message: never}]");

test('actions are severities', () => {
  expect(said([NO, binding('nay', 'validationActions: [Deny, Audit]')]).says).toEqual(['vap/nay error: never', 'vap/nay info: never']);
  expect(said([NO, binding('nay', 'validationActions: [Warn]')]).says).toEqual(['vap/nay warning: never']);
});

test('policies that were given count like those of the repository, by name', () => {
  const { says, judges } = said(
    [policy('b', "validations: [{expression: 'false', message: b}]"), binding('b')],
    [`${policy('a', "validations: [{expression: 'false', message: a}]")}\n---\n${binding('a')}`],
  );
  expect(says).toEqual(['vap/a error: a', 'vap/b error: b']);
  expect(judges).toEqual(['vap/a', 'vap/b']);
});

test('a policy without a binding, and one that means other kinds, is not asked, and nothing is defaulted', () => {
  expect(said([NO])).toEqual({ says: [], judges: [] });
  expect(said([NO, binding('nay')], [], SECRET)).toEqual({ says: [], judges: [] });
  expect(defaulted).toBe(0);
});

test('what is not known is said of the policy', () => {
  const unknown = policy('who', 'validations: [{expression: \'request.userInfo.username == "ann"\'}]');
  expect(said([unknown, binding('who')]).says).toEqual([
    'vap/who not evaluated: expression \'request.userInfo.username == "ann"\' resulted in error: who sends the request is not known here',
  ]);
});

test('errors that a policy ignores are no findings', () => {
  const broken = (more: string): string => policy('x', `${more}validations: [{expression: 'object.none == 1'}]`);
  expect(said([broken(''), binding('x')]).says).toEqual([
    "vap/x error: expression 'object.none == 1' resulted in error: no such key: none",
  ]);
  expect(said([broken('failurePolicy: Ignore, '), binding('x')]).says).toEqual([]);
});

test('what mutating policies make of an object is what validating ones judge', () => {
  const add = policy(
    'add',
    "mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: \"Object{data: {'added': 'x'}}\"}}]",
    'Mutating',
  );
  const check = policy('check', "validations: [{expression: '!has(object.data.added)', message: it was added}]");
  const { says, judges } = said([add, binding('add', 'x: y', 'Mutating'), check, binding('check')]);
  expect(says).toEqual(['vap/check error: it was added']);
  expect(judges).toEqual(['map/add', 'vap/check']);
});

test('a mutation that fails denies', () => {
  const remove = policy(
    'rm',
    "mutations: [{patchType: JSONPatch, jsonPatch: {expression: \"[JSONPatch{op: 'remove', path: '/data/none'}]\"}}]",
    'Mutating',
  );
  expect(said([remove, binding('rm', 'x: y', 'Mutating')]).says).toEqual([
    "map/rm error: JSON Patch: error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value",
  ]);
});
