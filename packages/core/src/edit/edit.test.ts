import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { applyEdits } from './apply-edits.ts';
import type { Change } from './change.ts';
import { toEdits } from './edit.ts';

function edit(text: string, ...changes: Change[]): string | undefined {
  const document = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) }).find((each) => each.value !== null);
  const edits = document === undefined ? undefined : toEdits(document, [], changes);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

const DEPLOYMENT = `# the web
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # its name
  labels:
    app: web
spec:
  replicas: "3" # for now
  template:
    spec:
      containers:
      # the server
      - name: web
        image: 'nginx:1'
        ports: [80, 443]
        env: []

      - image: sidecar
        name: side
status: {}
`;

function line(before: string, after: string): string {
  expect(DEPLOYMENT).toContain(before);
  return DEPLOYMENT.replace(before, after);
}

const first = ['spec', 'template', 'spec', 'containers', 0] as const;
const second = ['spec', 'template', 'spec', 'containers', 1] as const;

test.each<[string, Change, string]>([
  ['a number for a text', { op: 'replace', path: ['spec', 'replicas'], after: 3 }, line('"3"', '3')],
  ['a text keeps its quotes', { op: 'replace', path: [...first, 'image'], after: "it's" }, line("'nginx:1'", "'it''s'")],
  [
    'a text that would be a boolean is quoted',
    { op: 'replace', path: ['metadata', 'labels', 'app'], after: 'yes' },
    line('app: web', 'app: "yes"'),
  ],
  [
    'a version needs no quotes',
    { op: 'replace', path: ['metadata', 'name'], after: '1.8.0-rc.1' },
    line('name: web   #', 'name: 1.8.0-rc.1   #'),
  ],
  ['a number in a text does', { op: 'replace', path: ['metadata', 'name'], after: '1.8' }, line('name: web   #', 'name: "1.8"   #')],
  ['a plain text', { op: 'replace', path: ['metadata', 'name'], after: 'shop' }, line('name: web   #', 'name: shop   #')],
  ['an item in brackets', { op: 'replace', path: [...first, 'ports', 1], after: 8443 }, line('443', '8443')],
  ['a key', { op: 'rename', path: ['spec', 'replicas'], key: 'replica' }, line('replicas:', 'replica:')],
  ['a mapping goes with its lines', { op: 'remove', path: ['metadata', 'labels'] }, line('  labels:\n    app: web\n', '')],
  ['an empty mapping goes', { op: 'remove', path: ['status'] }, line('status: {}\n', '')],
  [
    'the last member leaves an empty mapping',
    { op: 'remove', path: ['metadata', 'labels', 'app'] },
    line('labels:\n    app: web', 'labels: {}'),
  ],
  ['the first member of an item', { op: 'remove', path: [...second, 'image'] }, line('- image: sidecar\n        name', '- name')],
  ['an item', { op: 'remove', path: [...second] }, line('      - image: sidecar\n        name: side\n', '')],
  ['an item in brackets goes', { op: 'remove', path: [...first, 'ports', 0] }, line('[80, 443]', '[443]')],
  ['the last item in brackets goes', { op: 'remove', path: [...first, 'ports', 1] }, line('[80, 443]', '[80]')],
  ['a member', { op: 'add', path: ['spec', 'paused'], after: true }, line('        name: side\n', '        name: side\n  paused: true\n')],
  [
    'a namespace beside the name',
    { op: 'add', path: ['metadata', 'namespace'], after: 'shop' },
    line('its name\n', 'its name\n  namespace: shop\n'),
  ],
  [
    'a nested member',
    { op: 'add', path: [...second, 'resources'], after: { limits: { memory: '64Mi' } } },
    line('name: side\n', 'name: side\n        resources:\n          limits:\n            memory: 64Mi\n'),
  ],
  ['into an empty mapping', { op: 'add', path: ['status', 'ready'], after: true }, line('status: {}', 'status: { ready: true }')],
  ['into an empty list', { op: 'add', path: [...first, 'env', 0], after: { name: 'A' } }, line('env: []', 'env: [{ name: A }]')],
  ['an item at the end of brackets', { op: 'add', path: [...first, 'ports', '-'], after: 90 }, line('[80, 443]', '[80, 443, 90]')],
  [
    'a list below a key',
    { op: 'add', path: ['metadata', 'finalizers'], after: ['a.b/c'] },
    line('    app: web\n', '    app: web\n  finalizers:\n  - a.b/c\n'),
  ],
  [
    'an item behind the last',
    { op: 'add', path: ['spec', 'template', 'spec', 'containers', 2], after: { name: 'c' } },
    line('        name: side\n', '        name: side\n      - name: c\n'),
  ],
  [
    'an item before the first',
    { op: 'add', path: [...first], after: { name: 'c' } },
    line('      - name: web', '      - name: c\n      - name: web'),
  ],
  ['a list for a mapping', { op: 'replace', path: ['metadata', 'labels'], after: ['a'] }, line('labels:\n    app: web', 'labels:\n  - a')],
])('%s', (_name, change, wanted) => {
  expect(edit(DEPLOYMENT, change)).toBe(wanted);
});

test('several changes at once', () => {
  const text = 'a: 1\nb: 2\nc: 3\n';
  expect(
    edit(text, { op: 'remove', path: ['b'] }, { op: 'replace', path: ['a'], after: 'x' }, { op: 'add', path: ['d'], after: null }),
  ).toBe('a: x\nc: 3\nd: null\n');
});

test('JSON stays JSON', () => {
  const text = '{\n  "kind": "A",\n  "spec": {\n    "a": 1\n  }\n}\n';
  expect(edit(text, { op: 'add', path: ['spec', 'b'], after: 'x' })).toBe(
    '{\n  "kind": "A",\n  "spec": {\n    "a": 1,\n    "b": "x"\n  }\n}\n',
  );
  expect(edit(text, { op: 'remove', path: ['kind'] })).toBe('{\n  "spec": {\n    "a": 1\n  }\n}\n');
  expect(edit(text, { op: 'remove', path: ['spec'] })).toBe('{\n  "kind": "A"\n}\n');
  expect(edit(text, { op: 'rename', path: ['kind'], key: 'type' })).toContain('"type": "A"');
});

test('an empty field is filled below its comment', () => {
  expect(edit('metadata: # here\nspec: {}\n', { op: 'add', path: ['metadata', 'name'], after: 'a' })).toBe(
    'metadata: # here\n  name: a\nspec: {}\n',
  );
  expect(edit('a: # here\nb: 1\n', { op: 'replace', path: ['a'], after: 3 })).toBe('a: 3 # here\nb: 1\n');
});

test('block scalars', () => {
  const text = 'a: |\n  one\n\n  two\n# about b\nb: 1\n';
  expect(edit(text, { op: 'remove', path: ['a'] })).toBe('# about b\nb: 1\n');
  expect(edit(text, { op: 'replace', path: ['a'], after: 'x' })).toBe('a: x\n# about b\nb: 1\n');
  expect(edit('a: 1\nb: |\n  one\n', { op: 'add', path: ['c'], after: 2 })).toBe('a: 1\nb: |\n  one\nc: 2\n');
});

test('line ends stay as they are', () => {
  expect(edit('a: 1\r\nb:\r\n  c: 2\r\n', { op: 'add', path: ['b', 'd'], after: 3 })).toBe('a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n');
  expect(edit('a: 1\nb: 2', { op: 'add', path: ['c'], after: 3 })).toBe('a: 1\nb: 2\nc: 3');
});

test('a later document of a file', () => {
  const text = 'a: 1\n---\nb: 2\nc: 3\n';
  const document = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) })[1];
  const edits = document && toEdits(document, [], [{ op: 'remove', path: ['b'] }]);
  expect(applyEdits(text, edits ?? [])).toBe('a: 1\n---\nc: 3\n');
});

test('what is not certain is not offered', () => {
  expect(edit('a: &x {b: 1}\nc: *x\n', { op: 'replace', path: ['c', 'b'], after: 2 })).toBeUndefined();
  expect(edit('a: 1\n', { op: 'remove', path: ['b'] })).toBeUndefined();
  expect(edit('a: 1\n', { op: 'add', path: ['b', 'c'], after: 1 })).toBeUndefined();
});
