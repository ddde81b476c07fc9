import { expect, test } from 'vitest';
import { classify } from '../classify/classify.ts';
import { apiVersionOf } from '../values/gvk.ts';
import { extract } from './extract.ts';
import { parse } from './parse.ts';

function run(text: string, path = 'x.yaml') {
  const { files } = classify([{ path, bytes: new TextEncoder().encode(text) }], { parseFile: parse, versions: ['1.37'] });
  const [file] = files;
  if (file === undefined) throw new Error('left out');
  const { resources, problems, empty, other } = extract(file);
  return {
    resources,
    names: resources.map(({ gvk, namespace, name, root }) =>
      [apiVersionOf(gvk), gvk.kind, namespace ?? '-', name, root.join('.')].filter((part) => part !== '').join(' '),
    ),
    problems: problems.map(({ rule, message, path, document }) => `${document.index} /${path.join('/')} ${rule}: ${message}`),
    empty,
    other,
  };
}

test('each document gives its object, empty ones are counted', () => {
  const found = run(`---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
---
# nothing
---
apiVersion: v1
kind: Pod
metadata: {generateName: job-}
`);
  expect(found.names).toEqual(['apps/v1 Deployment shop web', 'v1 Pod - job-']);
  expect(found.problems).toEqual([]);
  expect(found.empty).toBe(1);
});

test('items of a list stand at their own places, lists in lists too', () => {
  const found = run(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: a}
- apiVersion: v1
  kind: List
  items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: b}
`);
  expect(found.names).toEqual(['v1 Service - a items.0', 'v1 Pod - b items.1.items.0']);
  const [service] = found.resources;
  expect(service?.document.rangeOf([...service.root, 'metadata', 'name'])).toMatchObject({ line: 6, column: 20 });
});

test('items of a typed list may leave out what the list says', () => {
  expect(run('apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n').names).toEqual([
    'apps/v1 Deployment - a items.0',
  ]);
  for (const items of ['items: []', 'items: null', 'metadata: {}']) expect(run(`apiVersion: v1\nkind: List\n${items}\n`).names).toEqual([]);
  expect(run('apiVersion: v1\nkind: List\nitems: {}\n').problems).toEqual([
    '0 /items schema/wrong-type: "items" is an object, a list is needed',
  ]);
  expect(run('apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: x}\nitems: [a, b]\n').names).toEqual([
    'example.com/v1 AllowList - x',
  ]);
});

test('what an API server refuses before it looks at a schema', () => {
  expect(run('kind: Pod\nmetadata: {name: x}\n').problems).toEqual(['0 / schema/missing-required: "apiVersion" is missing']);
  expect(run('apiVersion: v1\nkind: null\n').problems).toEqual(['0 / schema/missing-required: "kind" is missing']);
  expect(run('apiVersion: v1\nkind: [Pod]\n').problems).toEqual(['0 /kind schema/wrong-type: "kind" is a list, a string is needed']);
  expect(run('apiVersion: v1\nkind: List\nitems:\n- 5\n- metadata: {}\n- kind: Pod\n').problems).toEqual([
    '0 /items/0 schema/wrong-type: an item of a "List" is a number, an object is needed',
    '0 /items/1 schema/missing-required: "apiVersion" is missing',
    '0 /items/1 schema/missing-required: "kind" is missing',
    '0 /items/2 schema/missing-required: "apiVersion" is missing',
  ]);
});

test('a list or a single value among manifests is refused; by itself it is of no known kind', () => {
  expect(run('apiVersion: v1\nkind: Pod\n---\n- a\n---\nwords\n').problems).toEqual([
    '1 / schema/wrong-type: a manifest is a mapping, this document is a list',
    '2 / schema/wrong-type: a manifest is a mapping, this document is a single value',
  ]);
  expect(run('- a\n').problems).toEqual([]);
});

test('a mapping with neither apiVersion nor kind among manifests is counted', () => {
  const found = run('apiVersion: v1\nkind: Pod\n---\nname: x\n');
  expect(found.names).toEqual(['v1 Pod -']);
  expect([found.problems, found.other]).toEqual([[], 1]);
});

test('odd metadata crashes nothing', () => {
  for (const metadata of ['5', '[]', 'null', '{name: 5}', '{namespace: {}}', '{name: [a]}']) {
    expect(run(`apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\n`).names).toEqual(['v1 Pod -']);
  }
});

test('a document of another kind is one subject under its pseudo kind, named as its file', () => {
  expect(run('on: push\njobs: {}\n', '.github/workflows/ci.yaml').names).toEqual(['Workflow - .github/workflows/ci.yaml']);
  expect(run('a: 1\n').names).toEqual([]);
});

test('a file format with a kind of its own among manifests keeps its pseudo kind', () => {
  const { resources } = run('apiVersion: v1\nkind: Pod\n---\napiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n');
  expect(resources.map(({ gvk }) => `${gvk.group}/${gvk.kind}`)).toEqual(['/Pod', 'kind/Cluster']);
});

test('what SOPS adds is no part of the object', () => {
  const { resources } = run(
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: "ENC[AES256_GCM,data:x]"}\nsops:\n  mac: ENC[x]\n  lastmodified: "2024-01-01"\n',
  );
  expect(resources.map(({ object, encrypted }) => [Object.keys(object), encrypted])).toEqual([
    [['apiVersion', 'kind', 'metadata', 'stringData'], true],
  ]);
});

test('a broken document gives nothing, the others are read', () => {
  const found = run('apiVersion: v1\nkind: Pod\n---\na: [1,\n---\napiVersion: v1\nkind: Service\n');
  expect(found.names).toEqual(['v1 Pod -', 'v1 Service -']);
  expect(found.other).toBe(1);
});
