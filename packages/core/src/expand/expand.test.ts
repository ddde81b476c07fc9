import { expect, test } from 'vitest';
import type { ResourceRule } from '../check/rule.ts';
import { createEngine, type EngineOptions } from '../engine.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Report } from '../report/report.ts';
import type { FieldPath } from '../values/field-path.ts';
import { type JsonObject, member } from '../values/json.ts';
import type { BuildRequest, BuildResult, BuiltObject, Expander } from './expander.ts';

const even: ResourceRule = {
  id: 'test/even',
  title: 't',
  why: 'w',
  remedy: 'r',
  severity: 'error',
  class: 'quality',
  set: 'core',
  kinds: ['apps/Deployment'],
  *check(resource) {
    const count = member(resource.object.spec, 'replicas');
    if (count === 2) {
      const fix = { title: 'three', safe: true, changes: [{ op: 'replace' as const, path: ['spec', 'replicas'], after: 3 }] };
      yield { path: ['spec', 'replicas'], message: 'the count is even', fix };
    }
  },
};
const alone: ResourceRule = {
  ...even,
  id: 'test/alone',
  scope: 'unit',
  kinds: ['apps/Deployment'],
  *check(_resource, { inventory }) {
    const others = inventory.byKind('apps/Deployment').length;
    yield { path: ['metadata', 'name'], message: `${others} in sight, ${inventory.incomplete ?? 'complete'}` };
  },
};

const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n';
const FILES = [
  file('base/kustomization.yaml', 'resources: [web.yaml]\n'),
  file('base/web.yaml', DEPLOYMENT),
  file('live/kustomization.yaml', 'resources: [../base]\nnamePrefix: live-\n'),
  file('qa/kustomization.yaml', 'resources: [../base]\nnamePrefix: qa-\nreplicas:\n  - name: web\n    count: 3\n'),
];

/** As kustomize would build the files above: the count stands in the base, unless the overlay sets it. */
function built(folder: string, inputs: readonly string[]): BuildResult {
  const count = folder === 'qa' ? 3 : 2;
  const object: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${folder}-web` },
    spec: { replicas: count },
  };
  const locate = (path: FieldPath): ReturnType<BuiltObject['locate']> => {
    const isName = path[1] === 'name';
    const chain = isName ? [{ file: `${folder}/kustomization.yaml`, line: 2, column: 1, role: 'overlay' as const }] : [];
    return { file: 'base/web.yaml', line: isName ? 4 : 6, column: 3, endLine: isName ? 4 : 6, endColumn: 9, chain };
  };
  return { objects: [{ object, locate }], inputs };
}

const INPUTS = ['base/kustomization.yaml', 'base/web.yaml'];
const good: Expander = { build: ({ folder }) => built(folder, [...INPUTS, `${folder}/kustomization.yaml`]) };

async function check(expander: Expander, files = FILES, around?: readonly SourceFile[], rules = [even, alone]): Promise<Report> {
  const schemas: EngineOptions['schemas'] = {
    rules: [],
    versions: ['1.37'],
    catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }),
  };
  const engine = createEngine({ schemas, packs: [{ name: 'test', rules }], expander, config: { exclude: [] } });
  return engine.check(files, around === undefined ? {} : { around: () => around });
}

const shown = (report: Report): string[] =>
  report.findings.map(
    ({ rule, message, location, units }) => `${location?.file}:${location?.line} ${rule} ${message} (${units?.join(', ')})`,
  );

test('objects are judged as they are built, and a finding stands where the value was written', async () => {
  const report = await check(good);
  expect(shown(report)).toEqual([
    'base/web.yaml:4 test/alone 1 in sight, complete (live, qa)',
    'base/web.yaml:6 test/even the count is even (live)',
  ]);
  expect(report.findings[0]?.origin).toEqual([{ file: 'live/kustomization.yaml', line: 2, column: 1, role: 'overlay' }]);
  expect(report.findings[1]?.resource?.name).toBe('live-web');
  // No edit of the base is offered for what was built.
  expect(report.findings[1]?.fix).toBe(undefined);
  expect(report.summary).toMatchObject({ resources: 2, notEvaluated: 0, files: { checked: 4, leftOut: 0 } });
});

test('a fix is one of the text where the value stands as it was built, and of no other', async () => {
  const at = (column: number): Expander => ({
    build({ folder }) {
      const object: JsonObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `${folder}-web` }, spec: { replicas: 2 } };
      const locate = () => ({ file: 'base/web.yaml', line: 6, column, endLine: 6, endColumn: column + 1, chain: [] });
      return { objects: [{ object, locate }], inputs: INPUTS };
    },
  });
  const fixes = async (column: number) => (await check(at(column), FILES, undefined, [even])).findings.map(({ fix }) => fix?.edits);
  expect(await fixes(13)).toEqual([[{ file: 'base/web.yaml', line: 6, column: 13, endLine: 6, endColumn: 14, newText: '3' }]]);
  expect(await fixes(3)).toEqual([undefined]);
});

test('a run that judges one file says what is written in it or comes through it', async () => {
  const [, web, live, qa] = FILES as [SourceFile, SourceFile, SourceFile, SourceFile]; // there are four
  expect(shown(await check(good, [web], FILES))).toHaveLength(2);
  expect(shown(await check(good, [qa], FILES))).toEqual(['base/web.yaml:4 test/alone 1 in sight, complete (qa)']);
  expect(shown(await check(good, [live], FILES))).toHaveLength(1);
});

test('a run that is given a patch alone judges what it comes through, and says what stands in it', async () => {
  const patch = file('qa/patch.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 4}\n');
  const files = [...FILES.slice(0, 3), file('qa/kustomization.yaml', 'resources: [../base]\npatches: [{path: patch.yaml}]\n'), patch];
  const expander: Expander = {
    build({ folder }) {
      const object: JsonObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2 } };
      const at = folder === 'qa' ? 'qa/patch.yaml' : 'base/web.yaml';
      return {
        objects: [{ object, locate: () => ({ file: at, line: 4, column: 7, endLine: 4, endColumn: 8, chain: [] }) }],
        inputs: INPUTS,
      };
    },
  };
  expect(shown(await check(expander, [patch], files, [even]))).toEqual(['qa/patch.yaml:4 test/even the count is even (qa)']);
});

test('where a kustomization cannot be built the files are judged as they lie, and the report says why', async () => {
  const report = await check({
    build: (request, inputs) => (request.folder === 'qa' ? { notBuilt: 'a chart is not inflated' } : good.build(request, inputs)),
  });
  expect(report.notEvaluated.map(({ rule, reason }) => [rule, reason])).toContainEqual(['kust/build-fails', 'a chart is not inflated']);
  expect(shown(report)).toContain('base/web.yaml:6 test/even the count is even (live)');
});

test('what stops a build is a finding on the line that does', async () => {
  const location = { file: 'qa/kustomization.yaml', line: 1, column: 13, endLine: 1, endColumn: 20 };
  const problems = [{ rule: 'kust/missing-path', message: '"../base" does not exist', location }];
  const report = await check({ build: () => ({ problems }) });
  expect(report.findings.filter(({ rule }) => rule === 'kust/missing-path')).toMatchObject([
    { class: 'broken', severity: 'error', location, units: ['live', 'qa'], message: '"../base" does not exist' },
  ]);
  // The base is then judged as it lies.
  expect(shown(report)).toContain('base/web.yaml:6 test/even the count is even (base)');
});

test('of a kustomization that only lists files, what stops its build is said, and its files are judged as they lie', async () => {
  const files = [file('plain/kustomization.yaml', 'resources: [web.yaml, ../x.yaml]\n'), file('plain/web.yaml', DEPLOYMENT)];
  const location = { file: 'plain/kustomization.yaml', line: 1, column: 23, endLine: 1, endColumn: 32 };
  const problems = [{ rule: 'kust/load-restriction', message: '"../x.yaml" is outside', location }];
  const report = await check({ build: () => ({ problems }) }, files);
  expect(shown(report)).toContain('plain/kustomization.yaml:1 kust/load-restriction "../x.yaml" is outside (plain)');
  expect(shown(report)).toContain('plain/web.yaml:6 test/even the count is even (plain)');
  expect(shown(await check(good, files)).filter((line) => line.includes('test/even'))).toEqual([
    'plain/web.yaml:6 test/even the count is even (plain)',
  ]);
});

test('what is said of a file that cannot be read is not said again of the build', async () => {
  const location = { file: 'base/web.yaml', line: 2, column: 1, endLine: 2, endColumn: 2 };
  const problems = [{ rule: 'kust/build-fails', message: 'the YAML cannot be read', location, unreadable: true as const }];
  const report = await check({ build: () => ({ problems }) });
  expect(report.findings.filter(({ rule }) => rule === 'kust/build-fails')).toEqual([]);
});

test('builds read what is in sight, and ask for the rest once', async () => {
  const asked: string[] = [];
  const read: (string | undefined)[] = [];
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: {
      build({ folder }, inputs) {
        for (const path of ['base/web.yaml', `${folder}/app.properties`, `${folder}/app.properties`]) read.push(inputs.read(path)?.path);
        expect([inputs.isFolder('base'), inputs.isFolder('nope')]).toEqual([true, false]);
        return { objects: [], inputs: [] };
      },
    },
  });
  await engine.check(FILES, {
    readInput(path) {
      asked.push(path);
      return path.startsWith('live') ? file(path, '') : undefined;
    },
  });
  expect(asked).toEqual(['live/app.properties', 'qa/app.properties']);
  expect(read).toEqual(['base/web.yaml', 'live/app.properties', 'live/app.properties', 'base/web.yaml', undefined, undefined]);
});

const KS = (name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  path: ${path}
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}
`;

test('a build is told who applies it, with the place of each field, and finds what that object refers to', async () => {
  const seen: BuildRequest[] = [];
  const answers: unknown[] = [];
  const expander: Expander = {
    build(request, inputs) {
      seen.push(request);
      const found = request.lookUp('ConfigMap', 'flux-system', 'settings');
      answers.push(found?.object.data, found?.locate(['data', 'A']).line, request.lookUp('ConfigMap', 'other', 'settings'));
      answers.push(request.deployer?.folderOf('./live'), request.deployer?.folderOf('./nope'), inputs.filesBelow('live'));
      return { objects: [], inputs: [] };
    },
  };
  const files = [
    ...FILES,
    file('clusters/live/ks.yaml', KS('live', './live')),
    file(
      'clusters/live/settings.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata:\n  A: b\n',
    ),
  ];
  await check(expander, files);
  const [live] = seen;
  expect([live?.kind, live?.folder, live?.versions]).toEqual(['kustomization', 'live', ['1.37']]);
  expect(live?.deployer?.label).toBe('Kustomization live');
  expect(live?.deployer?.locate(['spec', 'path'])).toMatchObject({ file: 'clusters/live/ks.yaml', line: 5, column: 9 });
  expect(answers.slice(0, 6)).toEqual([{ A: 'b' }, 5, undefined, 'live', undefined, ['live/kustomization.yaml']]);
  expect(seen[1]?.deployer).toBeUndefined();
});
