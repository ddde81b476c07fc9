// Against the struct tags and markers of kubernetes/api, where the shared facts are there; without them against a few known types.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { resourceOf, schemas, shared } from '../test/schemas.ts';
import { kindTypes } from './kind-types.ts';
import { type FieldTopology, type ListTopology, type Topology, topologyOf } from './topology.ts';

interface FieldFacts {
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  readonly listType?: string;
  readonly listMapKeys?: readonly string[];
  readonly mapType?: string;
  readonly default?: string;
}

const typesOf = schemas.versions.map((version) => kindTypes(schemas, version));

/** In the newest version that has the kind. */
function topologyFor(apiVersion: string, kind: string): Topology | undefined {
  for (const typeOf of typesOf) {
    const found = typeOf({ apiVersion, kind });
    if (found !== undefined) return topologyOf(found.type);
  }
  return undefined;
}

/** The field at a path of facts/merge-keys-paths.json: `[]` is an item, `{}` a value of a map. */
function fieldAt(root: Topology, path: string): FieldTopology | undefined {
  let type: Topology | undefined = root;
  let field: FieldTopology | undefined;
  for (const step of path.split('.')) {
    const [, name = '', below = ''] = /^([^[{]*)((?:\[\]|\{\})*)$/.exec(step) ?? [];
    field = type?.map?.fields.get(name);
    type = field?.type;
    for (const part of below.match(/\[\]|\{\}/g) ?? []) type = part === '[]' ? type?.list?.item : type?.map?.values;
  }
  return field;
}

const facts = join(shared, 'facts/merge-keys-paths.json');

describe.skipIf(!existsSync(facts))('the facts of kubernetes/api (../shared/facts/merge-keys-paths.json)', () => {
  test('strategies, merge keys, list types and keys are the same, in every place of every kind', () => {
    const { paths } = JSON.parse(readFileSync(facts, 'utf8')) as { paths: Record<string, Record<string, FieldFacts>> }; // its own form
    const wrong: string[] = [];
    let checked = 0;
    for (const [id, fields] of Object.entries(paths)) {
      const slash = id.lastIndexOf('/');
      const root = topologyFor(id.slice(0, slash), id.slice(slash + 1));
      // APIs that no server of the versions in sight has.
      if (root === undefined) continue;
      for (const [path, fact] of Object.entries(fields)) {
        const field = fieldAt(root, path);
        // The facts are of one commit, between two minors.
        if (field === undefined) continue;
        checked++;
        const expected = { strategy: fact.patchStrategy ?? '', mergeKey: fact.patchMergeKey, ...listFacts(fact) };
        const got = { strategy: field.patchStrategies.join(','), mergeKey: field.mergeKey, ...listOf(field.type.list) };
        if (JSON.stringify(expected) !== JSON.stringify(got))
          wrong.push(`${id} ${path}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(500);
  });
});

function listFacts(fact: FieldFacts): object {
  if (fact.listType === undefined) return fact.patchStrategy?.startsWith('merge') ? mergingList(fact) : {};
  return { kind: fact.listType, keys: fact.listMapKeys ?? [] };
}

/** A list that says how it is patched only. */
function mergingList({ patchMergeKey }: FieldFacts): object {
  return patchMergeKey === undefined ? { kind: 'set', keys: [] } : { kind: 'map', keys: [patchMergeKey] };
}

function listOf(list: ListTopology | undefined): object {
  return list === undefined ? {} : { kind: list.kind, keys: list.keys };
}

describe('built-in types', () => {
  const pod = topologyFor('v1', 'Pod');

  test('the same topology each time', () => {
    expect(topologyFor('v1', 'Pod')).toBe(pod);
  });

  test('keys have the defaults that the server fills in for them', () => {
    const ports = pod && fieldAt(pod, 'spec.containers[].ports')?.type.list;
    expect(ports).toMatchObject({ kind: 'map', keys: ['containerPort', 'protocol'] });
    const keys = ports?.keys.map((key) => ports.item.map?.fields.get(key)?.default);
    expect(keys).toEqual([0, 'TCP']);
  });

  test.each([
    ['spec.nodeSelector', true],
    ['metadata.labels', false],
    ['spec.topologySpreadConstraints[].labelSelector', true],
    ['spec.securityContext', false],
  ])('%s is one value: %s', (path, isAtomic) => {
    expect(pod && fieldAt(pod, path)?.type.map?.isAtomic).toBe(isAtomic);
  });

  test.each([
    ['spec.containers[].resources.limits{}', { scalar: undefined, list: undefined }],
    ['spec.containers[].livenessProbe.httpGet.port', { scalar: 'any' }],
    ['spec.priority', { scalar: 'numeric' }],
    ['spec.hostIPC', { scalar: 'boolean' }],
    ['metadata.creationTimestamp', { scalar: 'any' }],
  ])('%s', (path, expected) => {
    expect(pod && fieldAt(pod, path)?.type).toMatchObject(expected);
  });
});

describe('types of definitions', () => {
  const definition = resourceOf(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  names: {kind: Shop, plural: shops, singular: shop, listKind: ShopList}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                ref: {type: object, x-kubernetes-map-type: atomic, properties: {name: {type: string}}}
                doors: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name, side], items: {type: object, properties: {name: {type: string}, side: {type: string, default: front}}}}
                tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                plain: {type: array, items: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object, properties: {a: {type: string}}}}}
                port: {x-kubernetes-int-or-string: true}
                since: {type: string, format: date-time}
`);
  const found = kindTypes(schemas, '1.37', [definition])({ apiVersion: 'example.com/v1', kind: 'Shop' } as JsonObject);
  const shop = found && topologyOf(found.type);
  const at = (path: string): FieldTopology | undefined => shop && fieldAt(shop, path);

  test('lists and maps as the definition marks them', () => {
    expect(at('spec.ref')?.type.map?.isAtomic).toBe(true);
    expect(at('spec.doors')?.type.list).toMatchObject({ kind: 'map', keys: ['name', 'side'] });
    expect(at('spec.doors[].side')?.default).toBe('front');
    expect(at('spec.tags')?.type.list).toMatchObject({ kind: 'set', keys: [] });
    expect(at('spec.plain')?.type.list?.kind).toBe('atomic');
    expect(at('metadata.finalizers')?.type.list?.kind).toBe('set');
  });

  test('what is not named is refused, but below what keeps unknown fields', () => {
    expect(at('spec')?.type.map?.values).toBeUndefined();
    expect(at('spec.free')?.type.map?.values).toMatchObject({ scalar: 'any', map: { isDeduced: true } });
    expect(at('spec.free.known')?.type.map?.values).toMatchObject({ scalar: 'any' });
  });

  test('scalars', () => {
    expect(at('spec.port')?.type).toMatchObject({ scalar: 'any', map: { isDeduced: true } });
    expect(at('spec.since')?.type.scalar).toBe('any');
    expect(at('spec.ref.name')?.type.scalar).toBe('string');
  });
});
