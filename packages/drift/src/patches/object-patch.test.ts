import { createSecretMask, isObject, type JsonObject, type JsonValue, stringify } from '@plumbline/core';
import { applyJsonPatch, applyMergePatch, applyStrategicPatch, compareTyped, isSame, isSameComparison } from '@plumbline/merge';
import { topologyOf } from '@plumbline/schema';
import { describe, expect, test } from 'vitest';
import { object, ports, randomFrom, side, stored } from '../../test/ports.ts';
import { disturbed, WEB } from '../../test/web.ts';
import { type Drift, driftOf } from '../drift.ts';
import { ignoringOf } from '../ignore/ignoring.ts';
import { driftOfObject } from '../object-drift.ts';
import { patched } from '../predict/predict.ts';
import { type ObjectPatch, type PatchType, patchOf } from './object-patch.ts';

const LIVE = stored(WEB);
const desired = side('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n').map((one) => ({
  ...one,
  object: WEB,
}));
const print = (value: JsonObject): string => `${stringify(value, 1)}\n`;

/** The patch of the first object that differs. */
function patchFor(drifts: readonly Drift[], type: PatchType): ObjectPatch {
  const made = drifts.map((one) => patchOf(one, type, ports, { mask: createSecretMask(), print })).find((one) => one !== undefined);
  if (made === undefined) throw new Error('nothing differs');
  return made;
}
const against = (live: JsonObject): readonly Drift[] =>
  driftOf(
    desired,
    desired.map((one) => ({ ...one, object: live })),
    ports,
  );

test('each kind of patch, applied to the live object, gives what is desired; the inverse gives the live object back', () => {
  const random = randomFrom(3);
  const topology = topologyOf(ports.typeOf(WEB)?.type ?? (undefined as never)); // a built-in kind has a type
  let [count, withTests, safe] = [0, 0, 0];
  for (let round = 0; round < 250; round++) {
    const live = disturbed(LIVE, random) as JsonObject; // of an object
    const drifts = against(live);
    if (drifts[0]?.status !== 'changed') continue;
    count++;
    const target = patched(live, drifts[0].changes);
    const json = patchFor(drifts, 'json');
    expect(isSame(applyJsonPatch(live, json.patch ?? null), target)).toBe(true);
    expect(isSame(applyJsonPatch(target, json.inverse ?? null), live)).toBe(true);
    withTests += Number(JSON.stringify(json.patch).includes('"test"'));
    const merge = patchFor(drifts, 'merge');
    expect(isSame(applyMergePatch(live, merge.patch ?? null), target)).toBe(true);
    const strategic = patchFor(drifts, 'strategic');
    expect(strategic.refused).toBeUndefined();
    const made = applyStrategicPatch(live, asObject(strategic.patch), topology);
    expect(isSame(made, target) || isSameComparison(compareTyped(made, target, topology))).toBe(true);
    const left = driftOfObject(WEB, made, ports).changes.filter((change) => change.class === 'drift');
    expect(left).toEqual([]);
    safe += Number(strategic.notes !== undefined);
  }
  expect(count).toBeGreaterThan(150);
  expect(withTests).toBeGreaterThan(100);
  expect(safe).toBeLessThan(count);
});

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

const deployment = (spec: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w, uid: u}\nspec: {${spec}}\n`;
const pod = (containers: string): string => `template: {spec: {containers: [${containers}]}}`;
const pair = (a: string, b: string): readonly Drift[] => driftOf(side(a), side(b), ports);

describe('JSON patch', () => {
  test('tests what goes, and the name of the item that something comes into', () => {
    const live = deployment(pod('{name: a, image: "a:1"}, {name: b, image: "b:1"}'));
    expect(patchFor(pair(deployment(pod('{name: a, image: "a:1"}, {name: b, image: "b:2", tty: true}')), live), 'json')).toMatchObject({
      patch: [
        { op: 'test', path: '/spec/template/spec/containers/1/name', value: 'b' },
        { op: 'test', path: '/spec/template/spec/containers/1/image', value: 'b:1' },
        { op: 'replace', path: '/spec/template/spec/containers/1/image', value: 'b:2' },
        { op: 'add', path: '/spec/template/spec/containers/1/tty', value: true },
      ],
      inverse: [
        { op: 'test', path: '/spec/template/spec/containers/1/tty', value: true },
        { op: 'remove', path: '/spec/template/spec/containers/1/tty' },
        { op: 'test', path: '/spec/template/spec/containers/1/image', value: 'b:2' },
        { op: 'replace', path: '/spec/template/spec/containers/1/image', value: 'b:1' },
      ],
    });
  });
});

describe('merge patch', () => {
  test('says which lists it replaces', () => {
    const made = patchFor(pair(deployment(pod('{name: a, image: "a:2"}')), deployment(pod('{name: a, image: "a:1"}'))), 'merge');
    expect(made.notes).toEqual(['replaces spec.template.spec.containers as a whole: what is added there meanwhile is lost']);
  });
});

test('custom resources take no strategic merge patch, and their lists are one value to a merge patch', () => {
  const shop = (spec: string): string => `apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: s, uid: u}\nspec: {${spec}}\n`;
  const drifts = pair(shop('a: 2, b: [2, 1]'), shop('a: 1, b: [1]'));
  expect(patchFor(drifts, 'merge').patch).toEqual({ spec: { a: 2, b: [2, 1] } });
  expect(patchFor(drifts, 'strategic').refused).toBe(
    'a server takes strategic merge patches of built-in kinds only: use --type merge or json',
  );
});

test('strategic merge is safe where kubectl would lose one of two ports', () => {
  const ports = (more: string): string => deployment(pod(`{name: a, image: a, ports: [{containerPort: 53, protocol: TCP}${more}]}`));
  const made = patchFor(pair(ports(', {containerPort: 53, protocol: UDP}'), ports('')), 'strategic');
  expect(made.notes).toEqual(['replaces lists whose merge key does not tell their items apart']);
  expect(JSON.stringify(made.patch)).toContain('"$patch":"replace"');
});

describe('apply configuration', () => {
  const owned = (manager: string, fields: JsonObject, operation = 'Update'): JsonObject => ({
    manager,
    operation,
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
  });
  const spec = { 'f:spec': { 'f:replicas': {} } };
  const live = (managers: JsonObject[], more: JsonObject = {}): readonly Drift[] => {
    const [actual] = side(deployment('replicas: 5'));
    const metadata = { name: 'w', uid: 'u', managedFields: managers, ...more };
    return driftOf(
      side(
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w, creationTimestamp: null}\nspec: {replicas: 2, paused: null}\nstatus: {}\n',
      ),
      [
        { ...(actual ?? (undefined as never)), object: { ...actual?.object, metadata } }, // deployment() gives one
      ],
      ports,
    );
  };

  test('is the desired object without what the server owns, and says who will object', () => {
    expect(patchFor(live([owned('autoscaler', spec)]), 'apply')).toMatchObject({
      patch: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'w' }, spec: { replicas: 2 } },
      conflicts: [{ manager: 'autoscaler', field: 'spec.replicas' }],
    });
    expect(JSON.stringify(patchFor(live([owned('autoscaler', spec)]), 'apply').patch)).not.toMatch(/status|paused|creationTimestamp/);
  });

  test('keeps the marks of whoever applies, and what is ignored as it is live', () => {
    const marks = { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' };
    const marked = {
      'f:metadata': { 'f:labels': { 'f:kustomize.toolkit.fluxcd.io/name': {}, 'f:kustomize.toolkit.fluxcd.io/namespace': {} } },
    };
    const ignoring = ignoringOf({ rules: [{ pointers: ['/spec/replicas'], reason: 'scaled by hand' }] });
    const [actual] = side(deployment('replicas: 5, minReadySeconds: 9'));
    const metadata = {
      name: 'w',
      uid: 'u',
      labels: marks,
      managedFields: [owned('kustomize-controller', { ...spec, ...marked }, 'Apply')],
    };
    const drifts = driftOf(
      side('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {replicas: 2, minReadySeconds: 3}\n'),
      [{ ...(actual ?? (undefined as never)), object: { ...actual?.object, metadata } }], // deployment() gives one
      ports,
      { ignoring },
    );
    expect(patchFor(drifts, 'apply')).toMatchObject({
      patch: { metadata: { name: 'w', labels: marks }, spec: { replicas: 5, minReadySeconds: 3 } },
    });
  });

  test('no conflict where the one who applies has the field', () => {
    expect(patchFor(live([owned('flux', spec, 'Apply')]), 'apply').conflicts).toBeUndefined();
  });

  test('says what stays although it is not desired any more', () => {
    const drifts = live([owned('kubectl-client-side-apply', { 'f:metadata': { 'f:labels': { 'f:old': {} } } })], { labels: { old: 'x' } });
    expect(patchFor(drifts, 'apply').notes).toEqual([
      'metadata.labels.old stays: kubectl-client-side-apply (Update) owns it, and an apply by plumbline does not remove it',
    ]);
  });

  test('says that an item whose key was changed stays beside the desired one', () => {
    const text = (port: number): string => deployment(pod(`{name: a, image: a, ports: [{containerPort: ${port}, name: http}]}`));
    const [actual] = side(text(81));
    const path = {
      'f:spec': {
        'f:template': {
          'f:spec': { 'f:containers': { 'k:{"name":"a"}': { 'f:ports': { 'k:{"containerPort":81,"protocol":"TCP"}': { '.': {} } } } } },
        },
      },
    };
    const live = { ...stored(actual?.object ?? {}), metadata: { name: 'w', uid: 'u', managedFields: [owned('other', path)] } };
    const drifts = driftOf(side(text(80)), [{ ...(actual ?? (undefined as never)), object: live }], ports); // deployment() gives one
    expect(patchFor(drifts, 'apply').notes).toEqual([
      'the item whose containerPort was changed stays in spec.template.spec.containers[0].ports, beside the desired one: a server may refuse the two',
    ]);
  });

  test('what is missing is created by it, what is extra is not its affair', () => {
    const one = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
    const drifts = driftOf(side(one('a')), side(one('b')), ports, { prunes: () => true });
    const all = (type: PatchType): unknown[] =>
      drifts.map((each) => patchOf(each, type, ports, { mask: createSecretMask(), print })?.refused);
    expect(all('apply')).toEqual([undefined, 'the object is to be deleted, which no patch says']);
    expect(all('json')).toEqual([
      'there is nothing to patch: the object is to be created, as --type apply does',
      'the object is to be deleted, which no patch says',
    ]);
    expect(all('unified')).toEqual([undefined, undefined]);
  });
});

describe('Secrets', () => {
  const secret = (data: string, labels: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: s, uid: u, labels: {${labels}}, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":{"gone":"aHVudGVyMQ=="}}'}}\ntype: Opaque\ndata: {${data}}\n`;
  const drifts = pair(
    secret('a: aHVudGVyMg==, b: c2FtZQ==', 'x: "2"'),
    secret('a: aHVudGVyMw==, b: c2FtZQ==, gone: aHVudGVyMQ==', 'x: "1"'),
  );

  test('of a patch all but the values is there', () => {
    expect(patchFor(drifts, 'json')).toEqual({
      resource: { apiVersion: 'v1', kind: 'Secret', name: 's' },
      status: 'changed',
      patch: [
        { op: 'test', path: '/metadata/labels/x', value: '1' },
        { op: 'replace', path: '/metadata/labels/x', value: '2' },
        { op: 'remove', path: '/data/gone' },
      ],
      withheld: [{ path: '/data/a', why: 'the value of a Secret is not printed' }],
      notes: ['there is no inverse: it would hold the values of a Secret at /data/gone'],
    });
    expect(patchFor(drifts, 'merge').patch).toEqual({ metadata: { labels: { x: '2' } }, data: { gone: null } });
  });

  test.each<PatchType>(['json', 'merge', 'strategic', 'apply', 'unified'])('no value is in a patch: %s', (type) => {
    const text = JSON.stringify(patchFor(drifts, type));
    for (const value of ['aHVudGVy', 'hunter', 'c2FtZQ']) expect(text).not.toContain(value);
    const missing = driftOf(side(secret('a: aHVudGVyMg==', '')), [], ports);
    expect(JSON.stringify(patchFor(missing, type))).not.toContain('aHVudGVy');
  });
});

test('a unified diff is of YAML, as the server will store it, without who owns what', () => {
  const made = patchFor(pair(deployment('replicas: 2'), deployment('replicas: 3')), 'unified');
  expect(made.patch).toBe(
    `--- actual/Deployment/w\n+++ desired/Deployment/w\n${'@@ -6,6 +6,6 @@\n   "uid": "u"\n  },\n  "spec": {\n-  "replicas": 3\n+  "replicas": 2\n  }\n }\n'}`,
  );
});

test('what must be replaced is said with the patch', () => {
  const text = (name: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name}}\n`;
  expect(patchFor(pair(text('a'), text('b')), 'json').notes).toEqual([
    'roleRef of a RoleBinding cannot be changed: the object must be replaced',
  ]);
  expect(object(text('a')).kind).toBe('RoleBinding');
});
