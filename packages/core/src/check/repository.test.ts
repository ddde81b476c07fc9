import { expect, test } from 'vitest';
import { type CheckOptions, createEngine } from '../engine.ts';
import type { Repository, ResourceRule, SourceFile } from '../index.ts';
import type { PathKind } from './repository.ts';

function file(path: string, text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${path.replace(/\W/g, '-')}}\n`): SourceFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

const application = (name: string, path: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {source: {repoURL: https://example.org/x, path: ${path}}}
`;

/** What a rule sees of the repository around a judged Application. */
async function seen<T>(look: (repository: Repository) => T, files: readonly SourceFile[], options?: CheckOptions): Promise<T | undefined> {
  let found: T | undefined;
  const rule: ResourceRule = {
    id: 'test/look',
    title: 't',
    why: 'w',
    remedy: 'r',
    severity: 'warning',
    class: 'quality',
    set: 'recommended',
    scope: 'repository',
    kinds: ['argoproj.io/Application'],
    check(resource, { repository }) {
      const unseen = repository.unseenFrom(resource.document.file.path);
      if (unseen !== undefined) return [{ notEvaluated: unseen }];
      found = look(repository);
      return [];
    },
  };
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'test', rules: [rule] }],
  });
  await engine.check(files, options);
  return found;
}

const repository = [
  file('apps/web/config.yaml'),
  file('apps/web-2/config.yaml'),
  file('apps/web.yaml', application('web', 'apps/web')),
  file('charts/cart/Chart.yaml', 'apiVersion: v2\nname: cart\nversion: 1.0.0\n'),
  file('charts/cart/templates/config.yaml', '{{ .Values }}'),
];

test('files that are left out are there, and what is no configuration where whoever reads says so', async () => {
  const kinds: Record<string, PathKind> = { 'charts/cart/README.md': 'file', terraform: 'folder' };
  const asked: string[] = [];
  const paths = [
    '',
    'apps',
    'apps/web',
    'apps/we',
    'apps/web.yaml',
    'charts/cart/templates',
    'charts/cart/templates/config.yaml',
    'terraform',
  ];
  const pathKind = (path: string): PathKind | undefined => {
    asked.push(path);
    return kinds[path];
  };
  expect(await seen(({ kindOf }) => [...paths, 'charts/cart/README.md', 'terraform'].map(kindOf), repository, { pathKind })).toEqual([
    'folder',
    'folder',
    'folder',
    undefined,
    'file',
    'folder',
    'file',
    'folder',
    'file',
    'folder',
  ]);
  expect(asked).toEqual(['apps/we', 'terraform', 'charts/cart/README.md']);
});

test('the files of a folder are those below it, and no others that begin like it', async () => {
  const paths = (folder: string) => (at: Repository) => at.filesBelow(folder).map(({ file: { path } }) => path);
  expect(await seen(paths('apps/web'), repository)).toEqual(['apps/web/config.yaml']);
  expect(await seen(paths('apps'), repository)).toEqual(['apps/web-2/config.yaml', 'apps/web.yaml', 'apps/web/config.yaml']);
  expect(await seen(paths(''), repository)).toHaveLength(4);
  expect(await seen(({ namesIn }) => namesIn('apps'), repository)).toEqual(['web', 'web-2', 'web.yaml']);
});

test('where a part is judged, the rest is looked up', async () => {
  const [, , judged, ...rest] = repository;
  const around = (): readonly SourceFile[] => [...repository.slice(0, 2), ...rest];
  const look = (at: Repository) => [at.kindOf('apps/web'), at.byKind('ConfigMap').length, at.deployers.map(({ target }) => target)];
  expect(await seen(look, judged === undefined ? [] : [judged], { around })).toEqual(['folder', 2, ['apps/web']]);
});

test('a path from the root of a source is looked for from the root, then from folders on the way to the file', async () => {
  const look = (at: Repository) => [
    at.locate('./apps/web', 'apps/web.yaml'),
    at.locate('/web', 'apps/web.yaml'),
    at.locate('web', 'charts/x.yaml'),
  ];
  expect(await seen(look, repository)).toEqual(['apps/web', 'apps/web', undefined]);
});

test('the graph is that of all files', async () => {
  const nodes = await seen(({ graph }) => graph.nodes.map(({ id }) => id), repository);
  expect(nodes).toEqual(['apps', 'apps/web', 'charts/cart']);
});

test('nothing is known around standard input, nor where the reader says so', async () => {
  const look = (): boolean => true;
  expect(await seen(look, [file('-', application('a', 'b'))])).toBeUndefined();
  expect(await seen(look, repository, { unseen: 'no repository' })).toBeUndefined();
});

test('a rule of another scope may not look at it', async () => {
  const rule: ResourceRule = {
    id: 'test/look',
    title: 't',
    why: 'w',
    remedy: 'r',
    severity: 'warning',
    class: 'quality',
    set: 'recommended',
    kinds: ['ConfigMap'],
    check: (_, { repository: { deployers } }) => (deployers.length > 0 ? [] : []),
  };
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'test', rules: [rule] }],
  });
  const { findings } = await engine.check([file('a.yaml')]);
  expect(findings.map(({ rule: id }) => id)).toEqual(['engine/rule-threw']);
});

test('any file is read and listed, configuration or not', async () => {
  const template = { path: 'charts/cart/templates/web.yaml', bytes: new TextEncoder().encode('{{ .Values.a }}') };
  const run = { readInput: (path: string) => (path === template.path ? template : undefined), listInputs: () => [template.path] };
  const look = ({ inputs }: Repository) => [inputs.list('charts/cart'), inputs.read(template.path) === template, inputs.read('none')];
  expect(await seen(look, repository, run)).toEqual([
    [...repository.map(({ path }) => path).filter((path) => path.startsWith('charts/cart/')), template.path].sort(),
    true,
    undefined,
  ]);
});

test('a chart of which a template alone is judged is spoken of where the template is', async () => {
  const rule: ResourceRule = {
    id: 'test/chart',
    title: 't',
    why: 'w',
    remedy: 'r',
    severity: 'warning',
    class: 'quality',
    set: 'recommended',
    kinds: ['helm/Chart'],
    scope: 'repository',
    *check() {
      for (const path of ['charts/web/templates/a.yaml', 'charts/web/templates/b.yaml'])
        yield { message: 'x', at: { file: path, line: 2, column: 3, endLine: 2, endColumn: 4 } };
    },
  };
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'test', rules: [rule] }],
  });
  const chart = file('charts/web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  const { findings } = await engine.check([file('charts/web/templates/a.yaml')], { around: () => [chart] });
  expect(findings.map(({ location, resource }) => [location?.file, location?.line, resource?.kind])).toEqual([
    ['charts/web/templates/a.yaml', 2, 'helm/Chart'],
  ]);
});
