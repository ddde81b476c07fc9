import { type FieldPath, isObject, type JsonObject, type JsonValue, type Resource, toPointer } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { ports, randomFrom, side, stored } from '../../test/ports.ts';
import { disturbed } from '../../test/web.ts';
import { driftOf } from '../drift.ts';
import { lineChanges } from '../patches/line-changes.ts';
import { type EditedTexts, editTexts } from './edit-texts.ts';
import { reversed } from './wanted-edit.ts';
import { withinText } from './written-place.ts';

const FILE = 'apps/all.yaml';
const TEXT = `# the shop
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data: {a: "1"} # stays
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # its name
  labels:
    app: web
    tier: "front"   # quoted
spec:
  # two are enough
  replicas: 2
  paused: true
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      tolerations:
      - key: a
        operator: Exists
      - key: b
        operator: Exists
      containers:
      - name: web
        # pinned
        image: 'nginx:1.25'
        args: [one, two, three]
        resources:
          limits: {cpu: 1000m, memory: 1Gi}
        env:
        - name: A
          value: "1" # first
        - name: B
          value: "2"
        - name: C
          value: "3"
      - name: log
        image: log:2
`;
const desired = side(TEXT);
const [, web] = desired;
const LIVE = stored(web?.object ?? {});

function written(live: JsonObject): EditedTexts {
  const actual = desired.map((one) => (one.gvk.kind === 'Deployment' ? { ...one, object: live } : one));
  const { edits, not } = reversed(driftOf(desired, actual, ports), ports);
  expect(not).toEqual([]);
  return editTexts(edits, (file) => (file === FILE ? TEXT : undefined));
}

/** The lines of a field, and that of the key of what holds it; where it is the first of a list item, the next one moves up behind the dash. */
function linesOf({ document }: Resource, path: FieldPath): number[] {
  const [value, parent] = [document.rangeOf(path, 'value'), document.rangeOf(path.slice(0, -1), 'key')];
  const first = Math.min(document.rangeOf(path, 'key').line, value.line);
  const next = /^ *- /.test(TEXT.split('\n')[first - 1] ?? '') ? 1 : 0;
  return [parent.line, ...Array.from({ length: value.endLine - first + 1 + next }, (_, at) => first + at)];
}

const drifts = (text: string, live: JsonObject): string[] => {
  const now = side(text);
  const actual = now.map((one) => (one.gvk.kind === 'Deployment' ? { ...one, object: live } : one));
  return driftOf(now, actual, ports).flatMap(({ changes }) =>
    changes.filter((change) => change.class === 'drift').map(({ path }) => toPointer(path)),
  );
};

test('once the live change is written, there is no drift but what is said to be left; comments stay', () => {
  const random = randomFrom(5);
  let [count, left] = [0, 0];
  for (let round = 0; round < 250; round++) {
    const live = disturbed(LIVE, random) as JsonObject; // of an object
    const before = drifts(TEXT, live);
    const { texts, done, not } = written(live);
    expect(done.length + not.length).toBe(before.length);
    const after = texts.get(FILE) ?? TEXT;
    if (not.length === 0) expect(drifts(after, live), after).toEqual([]);
    // What no edit could be made of is left, and nothing else.
    else expect(drifts(after, live).length).toBeLessThanOrEqual(before.length);
    for (const comment of ['# the shop', '# stays', '# its name']) expect(after).toContain(comment);
    expect(after.startsWith(TEXT.slice(0, TEXT.indexOf('---')))).toBe(true);
    // All lines but those of a field that changed, or of what holds it, are there as they were, in their order.
    const touched = new Set(
      done.flatMap(({ resource, path }) =>
        linesOf(
          resource,
          path.filter((step) => step !== '-'),
        ),
      ),
    );
    const now = after.split('\n');
    let at = 0;
    for (const [index, line] of TEXT.split('\n').entries()) {
      if (touched.has(index + 1)) continue;
      at = now.indexOf(line, at) + 1;
      expect(at, `${line}\n${after}`).toBeGreaterThan(0);
    }
    count += done.length;
    left += not.length;
  }
  expect(count).toBeGreaterThan(500);
  expect(left).toBeLessThan(count / 20);
});

describe('only the lines of the change are touched', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a test edits any part of an object
  const edited = (edit: (live: any) => void): JsonObject => {
    const copy = structuredClone(LIVE) as JsonObject;
    edit(copy);
    return copy;
  };
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const container = (live: any) => live.spec.template.spec.containers[0];
  test.each<[string, Parameters<typeof edited>[0], string[]]>([
    ['a number', (live) => (live.spec.replicas = 5), ['-  replicas: 2', '+  replicas: 5']],
    [
      'quotes and a comment stay',
      (live) => (container(live).image = 'nginx:1.26'),
      ["-        image: 'nginx:1.25'", "+        image: 'nginx:1.26'"],
    ],
    [
      'a value that has a comment',
      (live) => (container(live).env[0].value = '9'),
      ['-          value: "1" # first', '+          value: "9" # first'],
    ],
    ['a field that went', (live) => delete live.spec.paused, ['-  paused: true']],
    ['an item that went', (live) => container(live).env.splice(1, 1), ['-        - name: B', '-          value: "2"']],
    [
      'two items that went',
      (live) => container(live).env.splice(0, 2),
      ['-        - name: A', '-          value: "1" # first', '-        - name: B', '-          value: "2"'],
    ],
    ['a label', (live) => delete live.metadata.labels.tier, ['-    tier: "front"   # quoted']],
    [
      'an item of a list on one line',
      (live) => container(live).args.splice(1, 1),
      ['-        args: [one, two, three]', '+        args: [one, three]'],
    ],
    [
      'one quantity',
      (live) => (container(live).resources.limits.memory = '2Gi'),
      ['-          limits: {cpu: 1000m, memory: 1Gi}', '+          limits: {cpu: 1000m, memory: 2Gi}'],
    ],
  ])('%s', (_name, edit, expected) => {
    const after = written(edited(edit)).texts.get(FILE) ?? TEXT;
    const [a, b] = [TEXT.split('\n'), after.split('\n')];
    const lines = lineChanges(a, b).flatMap(({ from, fromCount, to, toCount }) => [
      ...a.slice(from, from + fromCount).map((line) => `-${line}`),
      ...b.slice(to, to + toCount).map((line) => `+${line}`),
    ]);
    expect(lines).toEqual(expected);
  });
});

test('what comes back into the source is without what the server puts there by itself', () => {
  const text =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a\n';
  const [one] = side(text);
  if (one === undefined) throw new Error('no object');
  const two = `${text}        - name: b\n          image: b:1\n          ports: [{containerPort: 80}]\n`;
  const applied = side(two)[0]?.object ?? {};
  const live = stored(applied);
  const metadata = {
    ...(isObject(live.metadata) ? live.metadata : {}),
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) },
  };
  const managers: JsonValue = [
    {
      manager: 'kubectl',
      operation: 'Update',
      fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"b"}': { '.': {} } } } } } },
    },
  ];
  const actual = { ...one, object: { ...live, metadata: { ...metadata, managedFields: managers } } };
  const { edits } = reversed(driftOf([one], [actual], ports), ports);
  expect(edits.map(({ path, value }) => [toPointer(path), value])).toEqual([
    ['/spec/template/spec/containers/-', { name: 'b', image: 'b:1', ports: [{ containerPort: 80 }] }],
  ]);
  expect(editTexts(edits, () => text).texts.get(FILE)).toBe(
    `${text}        - name: b\n          image: "b:1"\n          ports:\n            - containerPort: 80\n`,
  );
});

test('values of Secrets, what SOPS wrote, and whole objects are not written, and it is said why', () => {
  const secret = (value: string, name = 's'): string =>
    `---\napiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, labels: {x: "${value}"}}\nstringData: {a: ${value}}\n`;
  const [actual, now] = [side(secret('b')), side(secret('a') + secret('a', 'gone'))];
  const { edits, not } = reversed(driftOf(now, actual, ports), ports);
  expect(edits.map(({ path }) => toPointer(path))).toEqual(['/metadata/labels/x']);
  expect(not.map(({ path, why }) => [toPointer(path), why])).toEqual([
    ['/data/a', 'the value of a Secret is not written to a file'],
    ['', 'it is not there any more: take it out of the source, or apply it again'],
  ]);
  const text = (value: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "${value}"}\n`;
  const variable = reversed(driftOf(side(text(`$${'{COLOR}'}`)), side(text('blue')), ports), ports);
  expect([variable.edits, variable.not[0]?.why]).toEqual([[], 'a variable stands there, which is replaced before it is applied']);
  const sops = reversed(
    driftOf(
      now.map((one) => ({ ...one, encrypted: true as const })),
      actual,
      ports,
    ),
    ports,
  );
  expect(sops.edits).toEqual([]);
});

describe('a value that is a part of another', () => {
  test.each<[string, JsonValue, JsonValue, JsonValue, JsonValue | undefined]>([
    ['a tag', '1.25', 'nginx:1.25', 'nginx:1.26', '1.26'],
    ['a number written as one', 3, 'v3', 'v4', 4],
    ['a variable', 'MAX=3', '3', '5', 'MAX=5'],
    ['a name that is not the same', '1.25', 'nginx:1.25', 'other:1.26', undefined],
    ['a value that is there twice', '3=3', '3', '5', undefined],
    ['nothing is left', '-a', 'x-a', 'x', undefined],
    ['a list', [1], 'a', 'b', undefined],
  ])('%s', (_name, text, whole, next, expected) => {
    expect(withinText(text, whole, next)).toBe(expected);
  });
});
