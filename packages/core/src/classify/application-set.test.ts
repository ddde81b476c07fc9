import { describe, expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { isObject, member, valueAt } from '../values/json.ts';
import { applicationsOf } from './application-set.ts';

const FILES: Readonly<Record<string, string>> = {
  'apps/web/kustomization.yaml': 'resources: []\n',
  'apps/API_v2/kustomization.yaml': 'resources: []\n',
  'apps/web/deep/x.yaml': 'a: b\n',
  'apps/.hidden/x.yaml': 'a: b\n',
  'apps/old/x.yaml': 'a: b\n',
  'clusters/dev/config.json': '{"cluster": {"name": "dev", "size": 3}, "tags": ["a", "b"]}',
  'clusters/prod/config.json': '[{"cluster": {"name": "p1"}}, {"cluster": {"name": "p2"}}]',
};

const read = (path: string, text: string) => parse({ path, bytes: new TextEncoder().encode(text) });

/** `NAME PATH NAMESPACE` of each Application; undefined where they cannot be told. */
function made(spec: string): string[] | undefined {
  const [set] = read(
    'set.yaml',
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
  if (set === undefined) throw new Error('no document');
  const folders = new Set(
    Object.keys(FILES).flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
    ),
  );
  return applicationsOf(set, {
    folders,
    files: Object.keys(FILES),
    values: (path) => read(path, FILES[path] ?? '').map(({ value }) => value),
  })?.map(({ value }) => {
    const at = (...path: string[]): string => String(valueAt(value, path) ?? '');
    return `${at('metadata', 'name')} ${at('spec', 'source', 'path')} ${at('spec', 'destination', 'namespace')}`.trim();
  });
}

const TEMPLATE = (name: string, path: string, namespace = ''): string =>
  `template:\n  metadata: {name: '${name}'}\n  spec:\n    source: {repoURL: r, path: '${path}'}\n    destination: {namespace: '${namespace}'}`;

describe('generators', () => {
  test('a list', () => {
    const list = `generators: [{list: {elements: [{env: dev, values: {ns: d}}, {env: prod, values: {ns: p}}]}}]\n${TEMPLATE('web-{{env}}', 'overlays/{{ env }}', '{{values.ns}}')}`;
    expect(made(list)).toEqual(['web-dev overlays/dev d', 'web-prod overlays/prod p']);
    const go = `goTemplate: true\ngenerators: [{list: {elements: [{env: dev, at: {path: x}, size: 3}]}}]\n${TEMPLATE('web-{{.env}}-{{ .size }}', '{{- .at.path -}}')}`;
    expect(made(go)).toEqual(['web-dev-3 x']);
  });
  test('folders of the repository, but hidden ones', () => {
    const git = `generators: [{git: {directories: [{path: 'apps/*'}, {path: apps/old, exclude: true}]}}]\n`;
    expect(made(git + TEMPLATE('{{path.basename}}', '{{path}}', '{{path.basenameNormalized}}-{{path[0]}}'))).toEqual([
      'API_v2 apps/API_v2 api-v2-apps',
      'web apps/web web-apps',
    ]);
    expect(made(`goTemplate: true\n${git}${TEMPLATE('{{.path.basename}}', '{{.path.path}}', '{{index .path.segments 0}}')}`)).toEqual([
      'API_v2 apps/API_v2 apps',
      'web apps/web apps',
    ]);
  });
  test('files of the repository: an item of a list is one each', () => {
    const git = `generators: [{git: {files: [{path: 'clusters/**/config.json'}]}}]\n`;
    expect(made(git + TEMPLATE('{{cluster.name}}', '{{path}}', '{{path.filename}}'))).toEqual([
      'dev clusters/dev config.json',
      'p1 clusters/prod config.json',
      'p2 clusters/prod config.json',
    ]);
  });
  test('each of one with each of another, which may be written with the first', () => {
    const matrix = `generators:
  - matrix:
      generators:
        - list: {elements: [{env: dev}, {env: prod}]}
        - git: {files: [{path: 'clusters/{{env}}/config.json'}]}
`;
    expect(made(matrix + TEMPLATE('{{env}}-{{cluster.name}}', '{{path}}'))).toEqual([
      'dev-dev clusters/dev',
      'prod-p1 clusters/prod',
      'prod-p2 clusters/prod',
    ]);
  });
  test('one laid over another', () => {
    const merge = `generators:
  - merge:
      mergeKeys: [env]
      generators:
        - list: {elements: [{env: dev, ns: a}, {env: prod, ns: a}]}
        - list: {elements: [{env: prod, ns: b}, {env: none, ns: c}]}
`;
    expect(made(merge + TEMPLATE('{{env}}', 'x', '{{ns}}'))).toEqual(['dev x a', 'prod x b']);
  });
});

test('what hangs on clusters, on functions or on parameters that are not there is not told', () => {
  const list = `generators: [{list: {elements: [{env: dev}]}}]\n`;
  expect(made(`generators: [{clusters: {}}]\n${TEMPLATE('a', 'b')}`)).toBeUndefined();
  expect(made(`generators: [{list: {elements: [{env: dev}]}, selector: {matchLabels: {a: b}}}]\n${TEMPLATE('a', 'b')}`)).toBeUndefined();
  expect(made(`goTemplate: true\n${list}${TEMPLATE('{{ .env | upper }}', 'b')}`)).toBeUndefined();
  expect(made(`goTemplate: true\n${list}${TEMPLATE('{{.nope}}', 'b')}`)).toBeUndefined();
  expect(made(`${list}templatePatch: x\n${TEMPLATE('a', 'b')}`)).toBeUndefined();
  expect(made(`generators: [{git: {directories: [{path: 'apps/[a-z]*'}]}}]\n${TEMPLATE('a', 'b')}`)).toBeUndefined();
});

test('the fields of an Application stand in the template', () => {
  const [set] = read(
    'set.yaml',
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n  generators: [{list: {elements: [{env: dev}]}}]\n  ${TEMPLATE('{{env}}', 'x').replaceAll('\n', '\n  ')}\n`,
  );
  const [application] = set === undefined ? [] : (applicationsOf(set, { folders: [], files: [], values: () => undefined }) ?? []);
  expect(isObject(application?.value) && member(application.value, 'metadata')).toEqual({ namespace: 'argocd', name: 'dev' });
  expect(application?.rangeOf(['spec', 'source', 'path'])).toMatchObject({ line: 9 });
  expect(application?.rangeOf(['kind'])).toMatchObject({ line: 2 });
});
