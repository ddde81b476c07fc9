import { besides, readChart } from '@plumbline/charts';
import { type ApplyingObject, type BuildRequest, isObject, type JsonObject, parse, type ReferredObject } from '@plumbline/core';
import { expect, test } from 'vitest';
import { memoryReader } from '../kustomize/memory-reader.ts';
import { releaseOf } from './release.ts';

const CHART = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', 'charts/web/values.yaml': 'a: 1\n' };

function documentOf(text: string): ReturnType<typeof parse>[number] & { readonly object: JsonObject } {
  const [document] = parse({ path: 'app.yaml', bytes: new TextEncoder().encode(text) });
  if (document === undefined || !isObject(document.value)) throw new Error('no object');
  return Object.assign(document, { object: document.value });
}

function given(
  text: string,
  files: Record<string, string> = {},
  objects: Record<string, string> = {},
  source: readonly (string | number)[] = ['spec'],
) {
  const inputs = memoryReader({ ...CHART, ...files });
  const document = documentOf(text);
  const deployer: ApplyingObject = {
    label: 'Release web',
    file: 'app.yaml',
    object: document.object,
    source,
    locate: (path, part) => ({ ...document.rangeOf(path, part), file: 'app.yaml', chain: [] }),
    folderOf: (path) => {
      const folder = besides('', path);
      return folder !== undefined && inputs.isFolder(folder) ? folder : undefined;
    },
  };
  const request: BuildRequest = {
    kind: 'chart',
    folder: 'charts/web',
    versions: ['1.37'],
    deployer,
    lookUp(kind, namespace, name): ReferredObject | undefined {
      const found = objects[`${kind} ${namespace}/${name}`];
      if (found === undefined) return undefined;
      const other = documentOf(found);
      return { object: other.object, locate: (path, part) => ({ ...other.rangeOf(path, part), file: 'values.yaml', chain: [] }) };
    },
  };
  const release = releaseOf(request, readChart('charts/web', inputs), inputs);
  if (!('layers' in release)) return release;
  return {
    name: release.name,
    namespace: release.namespace,
    layers: [...(release.defaults ?? []), ...release.layers].map(({ value, locate }) => {
      const [key = ''] = isObject(value) ? Object.keys(value) : [];
      const place = locate([key]);
      return `${JSON.stringify(value)} ${place.file}:${place.line}`;
    }),
    flags: release.flags,
    ...(release.open === undefined ? {} : { open: release.open.why }),
  };
}

const FLUX = (spec: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: apps}
spec:
${spec.replace(/^/gm, '  ')}`;

test('Flux: the name and the namespace of the release', () => {
  expect(given(FLUX('interval: 1m'))).toEqual({ name: 'web', namespace: 'apps', layers: [], flags: [] });
  expect(given(FLUX('targetNamespace: live'))).toMatchObject({ name: 'live-web', namespace: 'live' });
  expect(given(FLUX('targetNamespace: live\nreleaseName: shop'))).toMatchObject({ name: 'shop', namespace: 'live' });
});

test('Flux: values of ConfigMaps come before those of the release', () => {
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  values.yaml: |\n    b: 2\n  port: "8080"\n';
  const spec =
    'valuesFrom:\n- {kind: ConfigMap, name: settings}\n- {kind: ConfigMap, name: settings, valuesKey: port, targetPath: c.port}\nvalues:\n  d: 4';
  expect(given(FLUX(spec), {}, { 'ConfigMap apps/settings': settings })).toMatchObject({
    layers: ['{"b":2} values.yaml:5', '{"d":4} app.yaml:9'],
    flags: ['--set', 'c.port=8080'],
  });
  expect(given(FLUX(spec))).toEqual({ notBuilt: 'ConfigMap settings, which gives values to Release web, is not in sight' });
  expect(given(FLUX('valuesFrom: [{kind: ConfigMap, name: settings, optional: true}]'))).toMatchObject({ layers: [] });
});

test('Flux: what a Secret gives is not known, and never looked at', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {values.yaml: "password: SUPERSECRET"}\n';
  const release = given(
    FLUX('valuesFrom:\n- {kind: Secret, name: keys}\n- {kind: Secret, name: keys, valuesKey: x, targetPath: a.b}'),
    {},
    {
      'Secret apps/keys': secret,
    },
  );
  expect(release).toMatchObject({
    layers: [],
    flags: ['--set-string', 'a.b=placeholder'],
    open: 'values from Secret keys are not looked at',
  });
  expect(JSON.stringify(release)).not.toContain('SUPERSECRET');
});

test('Flux: values files take the place of values.yaml', () => {
  const spec = 'chart: {spec: {chart: ./charts/web, valuesFiles: [charts/web/values.yaml, charts/web/live.yaml]}}';
  expect(given(FLUX(spec), { 'charts/web/live.yaml': 'e: 5\n' })).toMatchObject({
    layers: ['{"a":1} charts/web/values.yaml:1', '{"e":5} charts/web/live.yaml:1'],
  });
  expect(given(FLUX(spec))).toMatchObject({ notBuilt: expect.stringContaining('"charts/web/live.yaml"') as string });
});

test('Flux: post renderers leave fields open', () => {
  expect(given(FLUX('postRenderers: [{kustomize: {patches: []}}]'))).toMatchObject({
    open: 'what the post renderers of Release web change was not worked out',
  });
});

const ARGO = (source: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-live, namespace: argocd}
spec:
  destination: {namespace: shop}
  source:
    path: charts/web
${source.replace(/^/gm, '    ')}`;

test('Argo CD: files, then values, then parameters', () => {
  const helm = `helm:
  releaseName: shop
  valueFiles: [live.yaml, /envs/live.yaml]
  valuesObject: {v: 1}
  parameters:
  - {name: image.tag, value: "1,2"}
  - {name: live, value: "true", forceString: true}`;
  const files = { 'charts/web/live.yaml': 'b: 2\n', 'envs/live.yaml': 'c: 3\n' };
  expect(given(ARGO(helm), files, {}, ['spec', 'source'])).toEqual({
    name: 'shop',
    namespace: 'shop',
    layers: ['{"b":2} charts/web/live.yaml:1', '{"c":3} envs/live.yaml:1', '{"v":1} app.yaml:11'],
    flags: ['--set', 'image.tag=1\\,2', '--set-string', 'live=true'],
  });
});

test('Argo CD: a text of values stands where it is written', () => {
  expect(given(ARGO('helm:\n  values: |\n    a: 1'), {}, {}, ['spec', 'source'])).toMatchObject({
    name: 'web-live',
    layers: ['{"a":1} app.yaml:9'],
  });
});

test('Argo CD: files that are missing, remote, or may be missing', () => {
  const release = (helm: string) => given(ARGO(`helm: ${helm}`), {}, {}, ['spec', 'source']);
  expect(release('{valueFiles: [nope.yaml]}')).toMatchObject({ notBuilt: expect.stringContaining('"nope.yaml"') as string });
  expect(release('{valueFiles: ["../../../etc/passwd"]}')).toMatchObject({
    notBuilt: expect.stringContaining('is not in sight') as string,
  });
  expect(release('{valueFiles: ["https://example.com/values.yaml"]}')).toMatchObject({
    notBuilt: expect.stringContaining('is not in the repository') as string,
  });
  expect(release('{valueFiles: [nope.yaml], ignoreMissingValueFiles: true}')).toMatchObject({ layers: [] });
});

test('Argo CD: files of another source of the application', () => {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  sources:
  - {path: charts/web, helm: {valueFiles: [$values/envs/live.yaml]}}
  - {ref: values, repoURL: https://example.com/x}
`;
  expect(given(text, { 'envs/live.yaml': 'c: 3\n' }, {}, ['spec', 'sources', 0])).toMatchObject({ layers: ['{"c":3} envs/live.yaml:1'] });
});
