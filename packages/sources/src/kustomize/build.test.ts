import type { JsonValue } from '@plumbline/core';
import { stringify } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { buildKustomization, type KustomizeResult } from './build.ts';
import type { BuildOptions } from './loader.ts';
import { memoryReader } from './memory-reader.ts';

type Files = Readonly<Record<string, string>>;

const buildIn = (files: Files, folder = '', options?: BuildOptions): KustomizeResult =>
  buildKustomization(folder, memoryReader(files), options);

/** The objects of a build, each as one line of JSON. */
function objectsOf(files: Files, folder = '', options?: BuildOptions): string[] {
  const result = buildIn(files, folder, options);
  if (!('resources' in result)) throw new Error(JSON.stringify('problems' in result ? result.problems : result));
  return result.resources.map(({ object }) => stringify(object satisfies JsonValue));
}

/** What stops a build: `file:line:column rule message`. */
function problemOf(files: Files, folder = ''): string {
  const result = buildIn(files, folder);
  if ('notBuilt' in result) return `not built: ${result.notBuilt}`;
  if (!('problems' in result)) return 'builds';
  return result.problems
    .map(({ rule, message, location }) => `${location.file}:${location.line}:${location.column} ${rule} ${message}`)
    .join('\n');
}

const MAP = (name: string, data = 'a: b'): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`;

describe('what it builds is what kustomize builds', () => {
  test('numbers and words mean what they mean to YAML 1.2, and a time becomes a text', () => {
    const data = 'a: yes, b: 0o17, c: 0777, d: 1.50, e: 12345678901234567890, f: 2001-02-03, g: ~, h: "1", i: .5, j: 1_000';
    expect(objectsOf({ 'kustomization.yaml': 'resources: [m.yaml]', 'm.yaml': MAP('m', data) })).toEqual([
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"},"data":{"a":"yes","b":15,"c":511,"d":1.5,"e":12345678901234567890,"f":"2001-02-03T00:00:00Z","g":null,"h":"1","i":0.5,"j":1000}}',
    ]);
  });

  test('annotations are texts, and an empty mapping of them is gone', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {n: 1, t: true, z: null}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: q, annotations: {}}\n';
    expect(objectsOf({ 'kustomization.yaml': 'resources: [p.yaml]', 'p.yaml': text })).toEqual([
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","annotations":{"n":"1","t":"true","z":"null"}}}',
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"q"}}',
    ]);
  });

  test('a patch puts new items first, merges ports by port and protocol, and removes what it says', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: a, image: a, ports: [{containerPort: 1, protocol: TCP}, {containerPort: 2, protocol: UDP}]}\n  - {name: b, image: b}\n';
    const patch =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: z, image: z}\n  - {name: b, $patch: delete}\n  - {name: a, ports: [{containerPort: 1, protocol: TCP, hostPort: 9}]}\n';
    const files = { 'kustomization.yaml': 'resources: [p.yaml]\npatches: [{path: x.yaml}]', 'p.yaml': pod, 'x.yaml': patch };
    expect(objectsOf(files)).toEqual([
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"z","image":"z"},{"name":"a","image":"a","ports":[{"containerPort":1,"protocol":"TCP","hostPort":9},{"containerPort":2,"protocol":"UDP"}]}]}}',
    ]);
  });

  test('a label written into several fields is one node: what overwrites it in one overwrites it in all, until a JSON patch writes the object anew', () => {
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {metadata: {labels: {a: b}}}}\n';
    const files = {
      'base/kustomization.yaml': 'resources: [d.yaml]\nlabels: [{pairs: {team: blue}, includeTemplates: true}]',
      'base/d.yaml': deployment,
      'live/kustomization.yaml': 'resources: [../base]\nlabels: [{pairs: {team: red}}]',
      'patched/kustomization.yaml':
        'resources: [../base]\nlabels: [{pairs: {team: red}}]\npatches:\n- {target: {kind: Deployment}, patch: "- {op: add, path: /spec/paused, value: true}"}',
    };
    expect(objectsOf(files, 'live')[0]).toContain('"template":{"metadata":{"labels":{"a":"b","team":"red"}}}');
    expect(objectsOf(files, 'patched')[0]).toContain('"template":{"metadata":{"labels":{"a":"b","team":"blue"}}}');
  });

  test('a patch that takes all annotations away takes what kustomize keeps there: an object has no names from before any more', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{name: v, configMap: {name: m}}]}\n';
    const patch = (more: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m${more}}\n`;
    const files = (more: string): Files => ({
      'base/kustomization.yaml': 'resources: [p.yaml, m.yaml]\nnamePrefix: a-',
      'base/p.yaml': pod,
      'base/m.yaml': MAP('m'),
      'kustomization.yaml': 'resources: [base]\npatches: [{path: x.yaml}]\nnameSuffix: -z',
      'x.yaml': patch(more),
    });
    expect(objectsOf(files(''))[1]).toContain('"configMap":{"name":"a-m-z"}');
    expect(objectsOf(files(', annotations: null'))[1]).toContain('"configMap":{"name":"m"}');
  });

  test('lists of a kind that Kubernetes 1.21 did not have are replaced', () => {
    const gateway = (hosts: string): string => `apiVersion: x.io/v1\nkind: Gate\nmetadata: {name: g}\nspec: {hosts: [${hosts}]}\n`;
    const files = {
      'kustomization.yaml': 'resources: [g.yaml]\npatches: [{path: x.yaml}]',
      'g.yaml': gateway('{name: a}, {name: b}'),
      'x.yaml': gateway('{name: c}'),
    };
    expect(objectsOf(files)).toEqual(['{"apiVersion":"x.io/v1","kind":"Gate","metadata":{"name":"g"},"spec":{"hosts":[{"name":"c"}]}}']);
  });

  test('merge keys of an OpenAPI document are followed', () => {
    const gate = (hosts: string): string => `apiVersion: x.io/v1\nkind: Gate\nmetadata: {name: g}\nspec: {hosts: [${hosts}]}\n`;
    const schema = {
      definitions: {
        'x.Gate': {
          'x-kubernetes-group-version-kind': [{ group: 'x.io', version: 'v1', kind: 'Gate' }],
          properties: { spec: { $ref: '#/definitions/x.Spec' } },
        },
        'x.Spec': {
          properties: {
            hosts: { type: 'array', items: {}, 'x-kubernetes-patch-merge-key': 'name', 'x-kubernetes-patch-strategy': 'merge' },
          },
        },
      },
    };
    const files = {
      'kustomization.yaml': 'resources: [g.yaml]\npatches: [{path: x.yaml}]\nopenapi: {path: s.json}',
      'g.yaml': gate('{name: a, n: 1}, {name: b}'),
      'x.yaml': gate('{name: a, m: 2}'),
      's.json': JSON.stringify(schema),
    };
    expect(objectsOf(files)).toEqual([
      '{"apiVersion":"x.io/v1","kind":"Gate","metadata":{"name":"g"},"spec":{"hosts":[{"name":"a","n":1,"m":2},{"name":"b"}]}}',
    ]);
  });

  test('a JSON patch makes doubles of all numbers', () => {
    const patch = '- {op: add, path: /data/n, value: 9007199254740993}\n- {op: remove, path: /data/a}\n';
    const files = {
      'kustomization.yaml': `resources: [m.yaml]\npatches:\n- target: {kind: Config.*}\n  patch: |\n    ${patch.replace('\n', '\n    ')}`,
      'm.yaml': MAP('m', 'a: b, k: 1'),
    };
    expect(objectsOf(files)).toEqual([
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"},"data":{"k":1,"n":9007199254740992}}',
    ]);
  });

  test('generated objects are named by their content, and referred to by that name', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{name: v, configMap: {name: m}}, {name: w, secret: {secretName: s}}]}\n';
    const files = {
      'kustomization.yaml':
        'resources: [p.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{name: m, literals: [a=b], files: [f.txt]}]\nsecretGenerator: [{name: s, literals: ["k=\'v\'"], options: {disableNameSuffixHash: true}}]',
      'p.yaml': pod,
      'f.txt': 'text\n',
    };
    expect(objectsOf(files)).toEqual([
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x-m-4d2d4gkg8b"},"data":{"a":"b","f.txt":"text\\n"}}',
      '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x-s"},"type":"Opaque","data":{"k":"dg=="}}',
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x-p"},"spec":{"volumes":[{"name":"v","configMap":{"name":"x-m-4d2d4gkg8b"}},{"name":"w","secret":{"secretName":"x-s"}}]}}',
    ]);
  });

  test('remote resources come from a copy only, where one is known', () => {
    const files = { 'kustomization.yaml': 'resources: ["https://example.test/m.yaml"]', 'copies/m.yaml': MAP('m') };
    expect(buildIn(files)).toEqual({ notBuilt: 'the remote resource https://example.test/m.yaml is not fetched' });
    expect(objectsOf(files, '', { remote: () => 'copies/m.yaml' })).toHaveLength(1);
  });

  test('the files that it read are named, with what they are to the build', () => {
    const files = {
      'o/kustomization.yaml': 'resources: [../b]\nconfigMapGenerator: [{name: g, files: [f]}]',
      'o/f': 'x',
      'b/kustomization.yaml': 'resources: [m.yaml]',
      'b/m.yaml': MAP('m'),
      'b/other.yaml': '',
    };
    const result = buildIn(files, 'o');
    expect('inputs' in result ? [...result.inputs] : undefined).toEqual([
      ['o/kustomization.yaml', 'overlay'],
      ['b/kustomization.yaml', 'overlay'],
      ['b/m.yaml', 'base'],
      ['o/f', 'generator'],
    ]);
  });
});

describe('what stops a build stands where it is written', () => {
  const K = 'kustomization.yaml';
  test.each<[name: string, files: Files, folder: string, expected: string]>([
    [
      'an unknown field',
      { [K]: 'resources: []\nnamePrefx: a\n' },
      '',
      `${K}:2:1 kust/schema a kustomization has no field "namePrefx"; did you mean "namePrefix"?`,
    ],
    [
      'a value of another type',
      { [K]: 'commonLabels:\n  a: 1\n' },
      '',
      `${K}:2:6 kust/schema commonLabels.a must be a text; put it in quotes, not a number`,
    ],
    [
      'a missing file',
      { [K]: 'resources:\n- a.yaml\n' },
      '',
      `${K}:2:3 kust/missing-path "a.yaml" does not exist, neither as a file nor as a folder`,
    ],
    [
      'a folder without kustomization',
      { [K]: 'resources: [b]', 'b/x.txt': '' },
      '',
      `${K}:1:13 kust/missing-path the folder "b" has no kustomization.yaml`,
    ],
    [
      'a file outside of the root',
      { 'o/kustomization.yaml': 'resources: [../m.yaml]', 'm.yaml': MAP('m') },
      'o',
      'o/kustomization.yaml:1:13 kust/load-restriction the file "../m.yaml" is not in or below the folder of the kustomization; kustomize reads it only with --load-restrictor LoadRestrictionsNone',
    ],
    [
      'a circle',
      { 'a/kustomization.yaml': 'resources: [../b]', 'b/kustomization.yaml': 'resources: [../a]' },
      'a',
      'b/kustomization.yaml:1:13 kust/cycle "../a" includes "a", which is on the way here: the build would have no end',
    ],
    [
      'two objects of one id',
      { [K]: 'resources: [a.yaml, b.yaml]', 'a.yaml': MAP('m'), 'b.yaml': MAP('m') },
      '',
      'b.yaml:3:18 kust/duplicate-resource ConfigMap "m" is there already, from a.yaml:3; kustomize accepts an object once',
    ],
    [
      'a base twice',
      { [K]: 'resources: [b, b]', 'b/kustomization.yaml': 'resources: [m.yaml]', 'b/m.yaml': MAP('m') },
      '',
      `${K}:1:16 kust/duplicate-resource this includes ConfigMap "m" once more, from b/m.yaml:3; kustomize accepts an object once`,
    ],
    [
      'a patch for nothing',
      { [K]: 'resources: []\npatches: [{path: p.yaml}]', 'p.yaml': MAP('m') },
      '',
      'p.yaml:3:18 kust/build-fails the patch fits no object: there is no ConfigMap "m" here',
    ],
    [
      'an operation that does not fit',
      {
        [K]: `resources: [m.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: remove\n      path: /data/z\n`,
        'm.yaml': MAP('m'),
      },
      '',
      `${K}:6:13 kust/build-fails the patch does not fit ConfigMap "m": there is no field "z" to remove at "/data/z"`,
    ],
    [
      'YAML that is broken',
      { [K]: 'resources: [m.yaml]', 'm.yaml': 'a: b\n c: d\n' },
      '',
      'm.yaml:2:3 kust/build-fails the YAML cannot be read: mapping values are not allowed in this context',
    ],
    [
      'a key that is written twice',
      { [K]: 'resources: [m.yaml]', 'm.yaml': MAP('m', 'a: b, a: c') },
      '',
      'm.yaml:4:14 kust/build-fails the key "a" is there twice; kustomize refuses the object',
    ],
    [
      'an object without a name',
      { [K]: 'resources: [m.yaml]', 'm.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: b}}\n' },
      '',
      'm.yaml:3:11 kust/build-fails the Pod has no metadata.name',
    ],
    ['an empty kustomization', { [K]: 'kind: Kustomization\n' }, '', `${K}:1:1 kust/build-fails the kustomization is empty`],
    [
      'replicas of nothing',
      { [K]: 'resources: []\nreplicas:\n- name: web\n  count: 2\n' },
      '',
      `${K}:3:9 kust/build-fails there is no workload "web" whose replicas could be set`,
    ],
    [
      'replicas of a name that is not quite that of a workload',
      {
        [K]: 'resources: [a.yaml]\nreplicas:\n- name: shpo\n  count: 2\n',
        'a.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\n',
      },
      '',
      `${K}:3:9 kust/build-fails there is no workload "shpo" whose replicas could be set; did you mean "shop"?`,
    ],
    [
      'a patch of a name that is not quite that of an object',
      { [K]: 'resources: [a.yaml]\npatches: [{path: p.yaml}]', 'p.yaml': MAP('shpo'), 'a.yaml': MAP('shop') },
      '',
      'p.yaml:3:18 kust/build-fails the patch fits no object: there is no ConfigMap "shpo" here; did you mean "shop"?',
    ],
    [
      'a patch without the namespace of its object',
      {
        [K]: 'resources: [a.yaml]\npatches: [{path: p.yaml}]',
        'p.yaml': MAP('shop'),
        'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: live}\n',
      },
      '',
      'p.yaml:3:18 kust/build-fails the patch fits no object: there is no ConfigMap "shop" here; there is ConfigMap "shop" in namespace "live"',
    ],
    [
      'an alias bomb',
      {
        [K]: 'resources: [m.yaml]',
        'm.yaml': `a: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`).join('\n')}\n`,
      },
      '',
      'm.yaml:6:15 kust/build-fails the YAML cannot be read: its aliases are written out to more nodes than any honest file has',
    ],
    ['a chart', { [K]: 'helmCharts: [{name: x}]' }, '', 'not built: charts are not inflated'],
    [
      'a name with two dots',
      { [K]: 'resources: [..a]', '..a/x': '' },
      '',
      `${K}:1:13 kust/build-fails "..a" has two dots within a name; kustomize takes it for a slip of the indentation`,
    ],
    [
      'operations that begin as JSON and are none',
      { [K]: 'resources: [m.yaml]\npatches: [{target: {kind: C.*}, path: p.yaml}]', 'm.yaml': MAP('m'), 'p.yaml': '[{op: add}]' },
      '',
      'p.yaml:1:1 kust/build-fails this is no Kubernetes object: it has no kind and no metadata',
    ],
    [
      'a validator that changes something',
      {
        [K]: 'resources: [m.yaml]\nvalidators: [v.yaml]',
        'm.yaml': MAP('m'),
        'v.yaml': 'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: v}\nprefix: x-\nfieldSpecs: [{path: metadata/name}]\n',
      },
      '',
      `${K}:2:14 kust/build-fails a validator may not change the objects`,
    ],
    [
      'a plugin',
      { [K]: 'transformers: [t.yaml]', 't.yaml': 'apiVersion: x/v1\nkind: T\nmetadata: {name: t}\n' },
      '',
      'not built: the plugin T (x/v1) is not run',
    ],
    [
      'a literal that is none, which is not repeated: it may be a secret',
      { [K]: 'secretGenerator:\n- name: s\n  literals: [SUPERSECRET]\n' },
      '',
      `${K}:3:14 kust/build-fails a literal is written as key=value`,
    ],
    [
      'a secret of another type',
      { [K]: 'secretGenerator:\n- name: s\n  literals: SUPERSECRET\n' },
      '',
      `${K}:3:13 kust/schema secretGenerator[0].literals must be a list, not a text`,
    ],
  ])('%s', (_name, files, folder, expected) => {
    expect(problemOf(files, folder)).toBe(expected);
  });
});
