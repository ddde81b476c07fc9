import { expect, test } from 'vitest';
import { createEngine } from '../engine.ts';
import type { BuildRequest } from '../expand/expander.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Report } from '../report/report.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

/** The builds of charts that a check asks for, `judged` alone where it is given. */
async function asked(texts: Record<string, string>, judged?: readonly string[]): Promise<readonly string[]> {
  return (await run(texts, judged)).asked;
}

async function run(texts: Record<string, string>, judged?: readonly string[]): Promise<{ asked: readonly string[]; report: Report }> {
  const requests: BuildRequest[] = [];
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: {
      build(request) {
        if (request.kind === 'chart') requests.push(request);
        return { notBuilt: 'not here' };
      },
    },
  });
  const files = Object.entries(texts).map(([path, text]): SourceFile => ({ path, bytes: new TextEncoder().encode(text) }));
  const report = await engine.check(
    judged === undefined ? files : files.filter(({ path }) => judged.includes(path)),
    judged === undefined ? {} : { around: () => files },
  );
  return { report, asked: requests.map(({ folder, deployer }) => `${folder}${deployer === undefined ? '' : ` by ${deployer.label}`}`) };
}

const application = (name: string, more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec: {source: {repoURL: https://example.com/x, path: charts/web${more}}, destination: {namespace: shop}}
`;
const release = (name: string, spec = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}, namespace: shop}
spec: {chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: x}}}${spec}}
`;

test('a chart that nothing applies is rendered with its own values', async () => {
  expect(await asked({ 'charts/web/Chart.yaml': CHART, 'charts/web/templates/a.yaml': '{{ x }}' })).toEqual(['charts/web']);
});

test('a chart is rendered for each object that applies it', async () => {
  const files = { 'charts/web/Chart.yaml': CHART, 'argocd/a.yaml': application('a') };
  expect(await asked(files)).toEqual(['charts/web by Application a']);
  expect(await asked({ ...files, 'flux/b.yaml': release('b') })).toEqual(['charts/web by Application a', 'charts/web by HelmRelease b']);
});

test('parts of other charts are rendered with them', async () => {
  const dependencies = 'dependencies: [{name: db, version: 1.0.0, repository: "file://../db"}]\n';
  const files = {
    'charts/web/Chart.yaml': CHART + dependencies,
    'charts/web/charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
    'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  };
  expect(await asked(files)).toEqual(['charts/web']);
  expect(await asked(files, ['charts/db/Chart.yaml'])).toEqual(['charts/web']);
});

test('only charts are rendered that what is judged reaches', async () => {
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-values}\n';
  const files = {
    'charts/web/Chart.yaml': CHART,
    'charts/web/templates/a.yaml': '{{ x }}',
    'argocd/a.yaml': application('a', ', helm: {valueFiles: [../../values/live.yaml]}'),
    'values/live.yaml': 'a: 1\n',
    'flux/b.yaml': release('b', ', valuesFrom: [{kind: ConfigMap, name: web-values}]'),
    'settings/values.yaml': settings,
    'other/x.yaml': settings.replace('web-values', 'x'),
  };
  const [a, b] = ['charts/web by Application a', 'charts/web by HelmRelease b'];
  expect(await asked(files, ['charts/web/templates/a.yaml'])).toEqual([a, b]);
  expect(await asked(files, ['values/live.yaml'])).toEqual([a]);
  expect(await asked(files, ['settings/values.yaml'])).toEqual([b]);
  expect(await asked(files, ['other/x.yaml'])).toEqual([]);
});

test('an object that a kustomization holds gives the values that it has once it is built', async () => {
  const files = {
    'charts/web/Chart.yaml': CHART,
    'flux/b.yaml': release('b'),
    'flux/kustomization.yaml': 'resources: [b.yaml]\nnamePrefix: x-\n',
  };
  const { asked: requests, report } = await run(files);
  expect(requests).toEqual([]);
  expect(report.notEvaluated.find(({ rule }) => rule === 'helm/template-fails')?.reason).toBe(
    'what is done to HelmRelease b before it is applied is not known',
  );
});

test('what was not rendered is said at the chart', async () => {
  const { report } = await run({ 'charts/web/Chart.yaml': CHART, 'argocd/a.yaml': application('a'), 'flux/b.yaml': release('b') });
  expect(report.notEvaluated).toMatchObject([
    { rule: 'helm/template-fails', reason: 'not here', examples: [{ name: 'charts/web/Chart.yaml' }] },
  ]);
});
