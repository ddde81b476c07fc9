import { existsSync, readFileSync } from 'node:fs';
import { isArray, isEqual, isObject, type JsonObject, type JsonValue, toPointer, valueAt } from '@plumbline/core';
import { diffJsonPatch } from '@plumbline/merge';
import { describe, expect, test } from 'vitest';
import { object, ports, randomFrom, side, stored } from '../../test/ports.ts';
import { disturbed, WEB } from '../../test/web.ts';
import { driftOf } from '../drift.ts';
import { driftOfObject } from '../object-drift.ts';
import { isServerOwned } from '../server-owned.ts';
import { patched, predicted, predictedOf } from './predict.ts';

const LIVE = stored(WEB);

/** Where two values differ, items of lists by their index. */
function differences(a: JsonValue | undefined, b: JsonValue | undefined, path: string): string[] {
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], `${path}${toPointer([key])}`));
  if (isArray(a) && isArray(b))
    return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => at).flatMap((at) => differences(a[at], b[at], `${path}/${at}`));
  return isEqual(a, b) ? [] : [path];
}

test('a live object in sync is what is predicted, itself', () => {
  const { changes } = driftOfObject(WEB, LIVE, ports);
  expect(changes).toEqual([]);
  expect(predicted(LIVE, changes, ports)).toEqual(LIVE);
});

test('equal sides give nothing, and what the server stores it stores again as it is', () => {
  const random = randomFrom(8);
  for (let round = 0; round < 200; round++) {
    const live = disturbed(LIVE, random) as JsonObject; // of an object
    expect(driftOfObject(live, structuredClone(live), ports).changes.filter((change) => change.class === 'drift')).toEqual([]);
    const once = ports.defaulted(live);
    expect(ports.defaulted(once)).toEqual(once);
    expect(driftOfObject(live, stored(live), ports).changes).toEqual([]);
  }
});

test('what is predicted has no drift, and nothing but the places of the drift is touched', () => {
  const random = randomFrom(42);
  let changed = 0;
  for (let round = 0; round < 400; round++) {
    const live = disturbed(LIVE, random) as JsonObject; // of an object
    const copy = JSON.stringify(live);
    const { changes } = driftOfObject(WEB, live, ports);
    const drifts = changes.filter((change) => change.class === 'drift');
    for (const made of [patched(live, changes), predicted(live, changes, ports)]) {
      const left = driftOfObject(WEB, made, ports).changes.filter((change) => change.class === 'drift');
      expect(left, JSON.stringify(drifts)).toEqual([]);
      // Items that come and go move others; what is left of a list is the same.
      if (drifts.some(({ live: path }) => typeof path.at(-1) === 'number')) continue;
      const places = drifts.map(({ live: path }) => toPointer(path.at(-1) === '-' ? path.slice(0, -1) : path));
      const touched = differences(live, made, '');
      expect(
        touched.filter((path) => !places.some((place) => `${path}/`.startsWith(`${place}/`) || `${place}/`.startsWith(`${path}/`))),
      ).toEqual([]);
    }
    expect(JSON.stringify(live)).toBe(copy);
    changed += Number(drifts.length > 1);
  }
  expect(changed).toBeGreaterThan(200);
});

describe('places in the live object', () => {
  const containers = (edit: (list: JsonObject[]) => JsonObject[]): JsonObject => {
    const copy = structuredClone(LIVE) as { spec: { template: { spec: { containers: JsonObject[] } } } }; // as WEB has it
    copy.spec.template.spec.containers = edit(copy.spec.template.spec.containers);
    return copy;
  };
  const names = (made: JsonObject): unknown =>
    (made as { spec: { template: { spec: { containers: JsonObject[] } } } }).spec.template.spec.containers.map(
      ({ name, image }) => `${name} ${image}`,
    );
  test.each<[string, (list: JsonObject[]) => JsonObject[], string[]]>([
    [
      'an item that another one stands before',
      ([web, log]) => [{ name: 'proxy', image: 'p' }, { ...log, image: 'other' }, web ?? {}],
      ['proxy p', 'log log:2', 'web nginx:1.25'],
    ],
    [
      'a removed item comes in at the end',
      ([, log]) => [log ?? {}, { name: 'proxy', image: 'p' }],
      ['log log:2', 'proxy p', 'web nginx:1.25'],
    ],
  ])('%s', (_name, edit, expected) => {
    const live = containers(edit);
    expect(names(predicted(live, driftOfObject(WEB, live, ports).changes, ports))).toEqual(expected);
  });

  test('what comes in has its defaults, in a patch it has not', () => {
    const live = containers(([web]) => [web ?? {}]);
    const { changes } = driftOfObject(WEB, live, ports);
    const last = (made: JsonObject): JsonValue =>
      (made as { spec: { template: { spec: { containers: JsonObject[] } } } }).spec.template.spec.containers[1] ?? {};
    expect(last(patched(live, changes))).toEqual({ name: 'log', image: 'log:2', volumeMounts: [{ name: 'data', mountPath: '/data' }] });
    expect(predicted(live, changes, ports)).toEqual(LIVE);
  });
});

test('a field that goes comes back with its default', () => {
  const desired = object('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {minReadySeconds: 1}\n');
  const live = {
    ...stored(desired),
    metadata: {
      name: 'w',
      uid: 'u',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"revisionHistoryLimit":3,"paused":true}}' },
    },
  };
  const spec = { ...(live as unknown as { spec: JsonObject }).spec, revisionHistoryLimit: 3, paused: true };
  const { changes } = driftOfObject(desired, { ...live, spec }, ports);
  expect(changes.map(({ path }) => toPointer(path))).toEqual(['/spec/revisionHistoryLimit', '/spec/paused']);
  const made = predicted({ ...live, spec } as JsonObject, changes, ports);
  expect(made.spec).toMatchObject({ revisionHistoryLimit: 10 });
  expect(made.spec).not.toHaveProperty('paused');
});

test('of a pair: what is missing as it is created, what is extra not at all', () => {
  const text = (name: string, target: number): string =>
    `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, labels: {applyset.kubernetes.io/part-of: x}}\nspec: {ports: [{port: 80, targetPort: ${target}}]}\n`;
  const drifts = driftOf(side(text('a', 1) + text('b', 1)), side(text('a', 2) + text('c', 1)), ports);
  expect(drifts.map(({ status }) => status)).toEqual(['changed', 'missing', 'extra']);
  expect(drifts.map((one) => (predictedOf(one, ports)?.spec as JsonObject | undefined)?.ports)).toEqual([
    [{ port: 80, protocol: 'TCP', targetPort: 1 }],
    [{ port: 80, protocol: 'TCP', targetPort: 1 }],
    undefined,
  ]);
});

// What a real API server had before another manager changed it: taken back, it is that again.
const RECORDED = new URL('../../../../../shared/suites/apiserver/drift/drift.jsonl', import.meta.url);

test.skipIf(!existsSync(RECORDED))('recorded changes of a real server are taken back to what it had', () => {
  let count = 0;
  const wrong: string[] = [];
  for (const line of readFileSync(RECORDED, 'utf8').split('\n')) {
    if (line === '') continue;
    const one = JSON.parse(line) as Record<string, JsonValue>; // a line of the suite
    const [desired, before, after] = [one.desired, one.live_after_apply, one.live_after_change];
    if (!isObject(desired) || !isObject(before) || !isObject(after)) continue;
    const { changes } = driftOfObject(desired, after, ports, { managers: [String(one.fieldManager)] });
    if (ports.typeOf(desired) === undefined || changes.some((change) => change.class === 'unmanaged')) continue;
    count += Number(changes.some((change) => change.class === 'drift'));
    const made = predicted(after, changes, ports);
    for (const { path } of diffJsonPatch(made, before)) {
      const steps = path
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (!isServerOwned(steps)) wrong.push(`${one.id} ${path}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(40);
});

test('the name of the account is predicted in its older field too', () => {
  const pod = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {}, template: {spec: {serviceAccountName: ${name}, containers: [{name: c, image: i}]}}}\n`;
  const live = stored(object(pod('old')));
  const made = predicted(live, driftOfObject(object(pod('new')), live, ports).changes, ports);
  const account = (one: JsonObject, key: string): unknown => valueAt(one, ['spec', 'template', 'spec', key]);
  expect([account(live, 'serviceAccount'), account(made, 'serviceAccountName'), account(made, 'serviceAccount')]).toEqual([
    'old',
    'new',
    'new',
  ]);
});
