import { isArray, isObject, type JsonObject, type JsonValue, valueAt } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { frozen, randomDeployment, randomFrom } from '../../test/random.ts';
import { deployment, list, number, object, text } from '../../test/topologies.ts';
import {
  applyConfig,
  applyConfiguration,
  compareTyped,
  DEDUCED,
  difference,
  fieldsOf,
  intersection,
  isSame,
  isSameComparison,
  isSameSet,
  type Managers,
  mergeTyped,
  ownerOf,
  pathsOf,
  pathText,
  readFieldsV1,
  readManagedFields,
  type ServerApplied,
  serverSideApply,
  serverSideUpdate,
  union,
  validate,
  writeFieldsV1,
  writeManagedFields,
} from '../index.ts';

describe('laws, on random Deployments', () => {
  const random = randomFrom(4);
  const rounds = Array.from(
    { length: 500 },
    () => [frozen(randomDeployment(random, true)), frozen(randomDeployment(random, true))] as const,
  );

  test('what is compared with itself is the same, and merged with itself stays', () => {
    for (const [a] of rounds) {
      const copy = structuredClone(a) as JsonObject; // the same shape
      expect(isSameComparison(compareTyped(a, copy, deployment))).toBe(true);
      expect(isSame(mergeTyped(a, copy, deployment), a)).toBe(true);
    }
  });

  test('after a merge, nothing that was laid over differs or is missing', () => {
    for (const [a, b] of rounds) {
      const merged = mergeTyped(a, b, deployment) ?? null;
      const { modified, removed } = compareTyped(b, merged, deployment);
      expect([modified.size, removed.size], JSON.stringify([a, b])).toEqual([0, 0]);
    }
  });

  test('FieldsV1 written is read again', () => {
    for (const [a] of rounds) {
      const fields = fieldsOf(a, deployment);
      expect(isSameSet(readFieldsV1(writeFieldsV1(fields)), fields)).toBe(true);
    }
  });

  test('sets: a without b, and what both have, make a again', () => {
    for (const [a, b] of rounds) {
      const [left, right] = [fieldsOf(a, deployment), fieldsOf(b, deployment)];
      expect(isSameSet(union(difference(left, right), intersection(left, right)), left)).toBe(true);
      expect(isSameSet(union(left, right), union(right, left))).toBe(true);
      expect(intersection(difference(left, right), right).size).toBe(0);
    }
  });

  test('applied twice is applied once; another object of the same manager leaves nothing of the first', () => {
    for (const [a, b] of rounds) {
      const by = { manager: 'git', version: 'v1' };
      let [live, managers]: [JsonValue, Managers] = [null, new Map()];
      for (const config of [a, a, b]) {
        const outcome = applyConfig({ value: live, type: deployment }, { value: config, type: deployment }, managers, by);
        if ('conflicts' in outcome) throw new Error('one manager has no conflicts');
        expect(outcome.isNoop).toBe(isSame(live, outcome.object.value));
        [live, managers] = [outcome.object.value, outcome.managers];
        // An empty list or map owns nothing: it neither stays nor empties what is there.
        expect(isSame(withoutEmpty(live), withoutEmpty(config)), JSON.stringify([a, b, live])).toBe(true);
      }
    }
  });
});

function withoutEmpty(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, withoutEmpty(item)]);
  return Object.fromEntries(members.filter(([, item]) => item !== null && (typeof item !== 'object' || Object.keys(item).length > 0)));
}

describe('serverSideApply', () => {
  const config = frozen({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2 } });
  const object = (outcome: ServerApplied): JsonObject => {
    if (!('object' in outcome)) throw new Error(JSON.stringify(outcome.conflicts));
    return outcome.object;
  };
  const created = object(serverSideApply(undefined, config, deployment, { manager: 'git', time: '2026-01-01T00:00:00Z' }));
  const scaled = serverSideUpdate(created, { ...created, spec: { replicas: 5 } }, deployment, {
    manager: 'hpa',
    time: '2026-01-02T00:00:00Z',
  });

  test('creates, and owns what it set, but not what says which object it is', () => {
    expect(created).toEqual({
      ...config,
      metadata: {
        name: 'web',
        managedFields: [
          {
            manager: 'git',
            operation: 'Apply',
            apiVersion: 'apps/v1',
            time: '2026-01-01T00:00:00Z',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:spec': { 'f:replicas': {} } },
          },
        ],
      },
    });
  });

  test('a field that another has changed since is a conflict', () => {
    expect(serverSideApply(scaled, config, deployment, { manager: 'git' })).toEqual({
      conflicts: [
        { owner: { manager: 'hpa', operation: 'Update', subresource: '' }, path: ['f:spec', 'f:replicas'], field: '.spec.replicas' },
      ],
    });
  });

  test('forced, it changes hands', () => {
    const forced = object(serverSideApply(scaled, config, deployment, { manager: 'git', isForced: true, time: '2026-01-03T00:00:00Z' }));
    expect(forced.spec).toEqual({ replicas: 2 });
    expect([...readManagedFields((forced.metadata as JsonObject).managedFields).managers.keys()]).toEqual([
      '{"manager":"git","operation":"Apply"}',
    ]);
  });

  test('what nobody is known to own belongs to before-first-apply', () => {
    const live = frozen({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { a: 'b' } },
      spec: { replicas: 2 },
    });
    const { metadata } = object(serverSideApply(live, config, deployment, { manager: 'git' }));
    const owners = (metadata as JsonObject).managedFields as JsonObject[];
    expect(owners.map(({ manager, operation, fieldsV1 }) => [manager, operation, fieldsV1])).toEqual([
      ['git', 'Apply', { 'f:spec': { 'f:replicas': {} } }],
      ['before-first-apply', 'Update', { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } }, 'f:spec': { '.': {}, 'f:replicas': {} } }],
    ]);
  });

  test('managedFields read and written are the same', () => {
    const entries = (scaled.metadata as JsonObject).managedFields ?? null;
    expect(writeManagedFields(readManagedFields(entries))).toEqual(entries);
  });

  test.each<[string, JsonValue, string]>([
    ['no list', {}, 'managedFields must be a list'],
    ['no operation', [{}], 'operation must be `Apply` or `Update`'],
    [
      'another form',
      [{ operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV2' }],
      'invalid fieldsType "FieldsV2" in managed fields entry 0',
    ],
    [
      'a key that is none',
      [{ operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'k:{': {} } }],
      'cannot read "k:{" as a path element',
    ],
  ])('managedFields of %s are refused', (_, entries, message) => {
    expect(() => readManagedFields(entries)).toThrow(expect.objectContaining({ code: 'invalid-managed-fields', message }));
  });

  test('more than ten updaters are gathered by version', () => {
    let live: JsonObject = created;
    for (let index = 0; index < 12; index++) {
      const labels = { ...((live.metadata as JsonObject).labels as JsonObject | undefined), [`l${index}`]: 'x' };
      const next = { ...live, metadata: { ...(live.metadata as JsonObject), labels } };
      live = serverSideUpdate(live, next, deployment, {
        manager: `m${index}`,
        time: `2026-02-01T00:00:${String(index).padStart(2, '0')}Z`,
      });
    }
    const { managers } = readManagedFields(valueAt(live, ['metadata', 'managedFields']));
    const updaters = [...managers].filter(([, { isApplied }]) => !isApplied);
    const names = updaters.map(([id]) => ownerOf(id).manager);
    expect(names).toEqual(['ancient-changes', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11']);
    const oldest = [...pathsOf(updaters[0]?.[1].fields ?? new Map())].map(pathText);
    expect(oldest).toEqual(['.metadata.labels', '.metadata.labels.l0', '.metadata.labels.l1', '.metadata.labels.l2']);
  });
});

describe('applyConfiguration', () => {
  const ports = (...protocols: string[]): JsonValue => protocols.map((protocol) => ({ containerPort: 53, protocol }));
  const withPorts = (list: JsonValue): JsonObject => frozen({ spec: { containers: [{ name: 'dns', ports: list }] } });

  test('merges lists by their keys', () => {
    expect(applyConfiguration(withPorts(ports('TCP')), withPorts(ports('UDP')), deployment)).toEqual(withPorts(ports('TCP', 'UDP')));
  });

  test.each<[string, JsonObject, string]>([
    [
      'lists that are one value',
      { spec: { containers: [{ name: 'a', args: ['-x'] }] } },
      'invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.containers[0].args',
    ],
    [
      'structures that are one value',
      { spec: { selector: {} } },
      'invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.selector',
    ],
    [
      'fields that do not exist',
      { spec: { x: 1 } },
      'failed to convert patch object to typed object: .spec.x: field not declared in schema',
    ],
    [
      'values of another type',
      { spec: { replicas: 'two' } },
      'failed to convert patch object to typed object: .spec.replicas: expected numeric (int or float), got string',
    ],
    [
      'items of one name',
      withPorts(ports('TCP', 'TCP')),
      'failed to convert patch object to typed object: .spec.containers[name="dns"].ports: duplicate entries for key [containerPort=53,protocol="TCP"]',
    ],
  ])('refuses %s', (_, configuration, message) => {
    expect(() => applyConfiguration(withPorts(ports('TCP')), frozen(configuration), deployment)).toThrow(
      expect.objectContaining({ message }),
    );
  });
});

test('an object without a schema is merged by what it holds', () => {
  const merged = mergeTyped({ a: { b: 1 }, l: [1, 2] }, { a: { c: 2 }, l: [3] }, DEDUCED);
  expect(merged).toEqual({ a: { b: 1, c: 2 }, l: [3] });
  expect([...pathsOf(fieldsOf(merged, DEDUCED))].map(pathText)).toEqual(['.a', '.l', '.a.b', '.a.c']);
});

test('sets of integers beyond 2^53 keep them apart', () => {
  const type = object({ ids: list('set', number) });
  expect(mergeTyped({ ids: [9007199254740992n] }, { ids: [9007199254740993n] }, type)).toEqual({
    ids: [9007199254740992n, 9007199254740993n],
  });
  const fields = fieldsOf({ ids: [9007199254740993n, 1n] }, type);
  expect(writeFieldsV1(fields)).toEqual({ 'f:ids': { 'v:1': {}, 'v:9007199254740993': {} } });
  expect(isSameSet(readFieldsV1(writeFieldsV1(fields)), fields)).toBe(true);
});

test('members of any name', () => {
  const strange = JSON.parse('{"__proto__":{"constructor":1}}') as JsonObject;
  expect(mergeTyped({ a: 1 }, strange, DEDUCED)).toEqual(JSON.parse('{"a":1,"__proto__":{"constructor":1}}'));
  expect(validate(strange, object({ a: text }))).toEqual([{ path: '.__proto__', message: 'field not declared in schema' }]);
  expect(writeFieldsV1(fieldsOf({ 'a<b': 1 }, DEDUCED))).toEqual({ 'f:a<b': {} });
});

test('keys of items are written as Go writes JSON', () => {
  const type = object({ list: list('map', object({ name: text }), 'name') });
  expect(writeFieldsV1(fieldsOf({ list: [{ name: 'a<b>&c' }] }, type))).toEqual({
    'f:list': { 'k:{"name":"a\\u003cb\\u003e\\u0026c"}': { '.': {}, 'f:name': {} } },
  });
});
