import { createEngine, type Resource, type ResourceRule, type SourceFile, valueAt } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { kustomizeExpander } from '../kustomize/expander.ts';

const file = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) });

const KUSTOMIZATION = (name: string, path: string, spec = ''): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${path}
  sourceRef: {kind: GitRepository, name: flux-system}
${spec}`;
const MAP = (name: string, data = 'A: x'): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${data}
`;

async function applied(texts: Readonly<Record<string, string>>): Promise<readonly Resource[]> {
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: kustomizeExpander(),
  });
  const { resources } = await engine.applied(Object.entries(texts).map(([path, text]) => file(path, text)));
  return resources.filter(({ gvk }) => gvk.kind === 'ConfigMap');
}

const shown = (resources: readonly Resource[]): string[] =>
  resources.map(({ unit, namespace, name, object }) => {
    const state = unit.state === 'unbuilt' ? ` — ${unit.why}` : '';
    return `${unit.id} [${unit.environment ?? ''}] ${namespace ?? ''}/${name} ${JSON.stringify(object.data)}${state}`;
  });

describe('a folder that several objects apply', () => {
  const texts = {
    'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/map.yaml': MAP('web', 'A: ${WHERE}'),
    'clusters/dev/apps.yaml': KUSTOMIZATION('apps', './apps', '  targetNamespace: dev\n  postBuild: {substitute: {WHERE: here}}\n'),
    'clusters/prod/apps.yaml': KUSTOMIZATION('apps', './apps', '  targetNamespace: prod\n  postBuild: {substitute: {WHERE: there}}\n'),
  };
  test('is applied once for each, in the environment of that object', async () => {
    expect(shown(await applied(texts))).toEqual([
      'apps (Kustomization apps in clusters/prod/apps.yaml) [prod] prod/web {"A":"there"}',
      'apps (Kustomization apps) [dev] dev/web {"A":"here"}',
    ]);
  });
  test('is not known where one of them does not build, but for the others', async () => {
    const broken = { ...texts, 'clusters/dev/apps.yaml': texts['clusters/dev/apps.yaml'].replace('WHERE: here', 'WHE-RE: here') };
    expect(shown(await applied(broken))).toEqual(['apps (Kustomization apps in clusters/prod/apps.yaml) [prod] prod/web {"A":"there"}']);
  });
});

describe('an object that a kustomization holds', () => {
  const texts = {
    'cluster/kustomization.yaml': `resources: [apps.yaml]
patches:
  - target: {kind: Kustomization}
    patch: |
      - op: add
        path: /spec/postBuild
        value: {substitute: {WHERE: patched}}
`,
    'cluster/apps.yaml': KUSTOMIZATION('apps', './apps'),
    'apps/map.yaml': MAP('web', 'A: ${WHERE}'),
  };
  test('applies as that builds it', async () => {
    const [map] = await applied(texts);
    expect(shown(map === undefined ? [] : [map])).toEqual(['apps [] /web {"A":"patched"}']);
    expect(map?.locate?.(['data', 'A'])).toMatchObject({
      file: 'apps/map.yaml',
      line: 6,
      chain: [
        { file: 'cluster/kustomization.yaml', line: 7, role: 'overlay' },
        { file: 'apps/map.yaml', line: 6 },
      ],
    });
  });
  test('is not known where that does not build, or sends it to another folder', async () => {
    const remote = { ...texts, 'cluster/kustomization.yaml': 'resources: [apps.yaml, "https://example.com/x.yaml"]\nnamePrefix: a-\n' };
    expect(shown(await applied(remote))).toEqual(['apps [] /web {"A":"${WHERE}"} — the build of the Flux Kustomization was not run']);
    const moved = {
      ...texts,
      'cluster/kustomization.yaml': texts['cluster/kustomization.yaml']
        .replace('/spec/postBuild', '/spec/path')
        .replace(/value: .*/, 'value: ./elsewhere'),
    };
    expect(shown(await applied(moved))).toHaveLength(1);
  });
  test('may be built by several, each in its own way', async () => {
    const overlay = (where: string): string =>
      texts['cluster/kustomization.yaml'].replace('apps.yaml', '../../cluster').replace('patched', where);
    const several = {
      ...texts,
      'cluster/kustomization.yaml': 'resources: [apps.yaml]\n',
      'clusters/a/kustomization.yaml': overlay('a'),
      'clusters/b/kustomization.yaml': overlay('b'),
    };
    expect(shown(await applied(several))).toEqual(['apps [] /web {"A":"${WHERE}"} — the build of the Flux Kustomization was not run']);
    const alike = { ...several, 'clusters/b/kustomization.yaml': overlay('a') };
    expect(shown(await applied(alike))).toEqual(['apps [] /web {"A":"a"}']);
  });
});

describe('variables of another object', () => {
  const texts = {
    'cluster/apps.yaml': KUSTOMIZATION('apps', './apps', '  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}\n'),
    'cluster/config/kustomization.yaml':
      'namespace: flux-system\nconfigMapGenerator: [{name: other, literals: [A=b]}]\nresources: [settings.yaml]\n',
    'cluster/config/settings.yaml': MAP('settings', 'WHERE: config'),
    'apps/map.yaml': MAP('web', 'A: ${WHERE}'),
  };
  test('are those that it has once it is built', async () => {
    const found = await applied(texts);
    expect(shown(found.filter(({ name }) => name === 'web'))).toEqual(['apps [] /web {"A":"config"}']);
  });
  test('are not known where it is in another namespace', async () => {
    const elsewhere = { ...texts, 'cluster/config/kustomization.yaml': 'namespace: other\nresources: [settings.yaml]\n' };
    const found = await applied(elsewhere);
    expect(shown(found.filter(({ name }) => name === 'web'))).toEqual([
      'apps [] /web {"A":"${WHERE}"} — the ConfigMap "settings", which sets variables, is not in sight',
    ]);
  });
});

test('what lies below a folder without a kustomization is built with it, and not once more', async () => {
  const found = await applied({
    'cluster/apps.yaml': KUSTOMIZATION('apps', './apps', '  targetNamespace: shop\n'),
    'apps/map.yaml': MAP('plain'),
    'apps/built/kustomization.yaml': 'resources: [map.yaml]\nnamePrefix: a-\n',
    'apps/built/map.yaml': MAP('built'),
  });
  expect(shown(found)).toEqual(['apps [] shop/a-built {"A":"x"}', 'apps [] shop/plain {"A":"x"}']);
});

test('objects that apply one another in a circle end', async () => {
  const found = await applied({
    'a/kustomization.yaml': 'resources: [ks.yaml, map.yaml]\nnamePrefix: x-\n',
    'a/ks.yaml': KUSTOMIZATION('b', './b', '  targetNamespace: b\n'),
    'a/map.yaml': MAP('a'),
    'b/kustomization.yaml': 'resources: [ks.yaml, map.yaml]\nnamePrefix: y-\n',
    'b/ks.yaml': KUSTOMIZATION('a', './a', '  targetNamespace: a\n'),
    'b/map.yaml': MAP('b'),
  });
  expect(found).toHaveLength(2);
});

test('a variable that nobody sets is told where it is used', async () => {
  const texts: Readonly<Record<string, string>> = {
    'cluster/apps.yaml': KUSTOMIZATION('apps', './apps', '  postBuild: {substitute: {WHERE: x}}\n'),
    'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/map.yaml': MAP('web', 'A: ${WHERE}-${NOBODY}-${SOME:=default}-$${ESCAPED}'),
  };
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: kustomizeExpander(),
  });
  const { findings } = await engine.check(Object.entries(texts).map(([path, text]) => file(path, text)));
  expect(findings.map(({ rule, message, location, severity }) => [rule, severity, message, location?.file, location?.line])).toEqual([
    ['flux/substitute-undefined', 'error', 'no source of Kustomization apps sets the variable "NOBODY"', 'apps/map.yaml', 6],
  ]);
});

test('what SOPS has encrypted is taken as such also where it is built: its keys are true, its values are not known', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {b: "ENC[AES256_GCM,data:x]"}\nsops: {mac: "ENC[x]"}\n';
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [],
    expander: kustomizeExpander(),
  });
  const { resources } = await engine.applied([
    file('cluster/apps.yaml', KUSTOMIZATION('apps', './apps', '  targetNamespace: shop\n')),
    file('apps/secret.yaml', secret),
  ]);
  const found = resources.find(({ gvk }) => gvk.kind === 'Secret');
  expect([found?.namespace, found?.encrypted, Object.keys(found?.object ?? {})]).toEqual([
    'shop',
    true,
    ['apiVersion', 'kind', 'metadata', 'stringData'],
  ]);
});

describe('a run that judges only where variables come from', () => {
  const says: ResourceRule = {
    id: 'test/says',
    title: 't',
    why: 'w',
    remedy: 'r',
    severity: 'error',
    class: 'quality',
    set: 'core',
    kinds: ['ConfigMap'],
    *check({ object, name }) {
      if (name === 'web') yield { path: ['data', 'A'], message: `A is ${String(valueAt(object, ['data', 'A']))}` };
    },
  };
  const FROM = '  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n';
  const texts = {
    'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/map.yaml': MAP('web', 'A: ${WHERE}'),
    'clusters/dev/apps.yaml': KUSTOMIZATION('apps', './apps', FROM),
    'clusters/dev/vars.yaml': MAP('vars', 'WHERE: here'),
    'clusters/prod/apps.yaml': KUSTOMIZATION('apps', './apps', FROM),
    'clusters/prod/vars.yaml': MAP('vars', 'WHERE: there'),
  };
  async function found(judged: string, all: Readonly<Record<string, string>> = texts): Promise<readonly string[]> {
    const files = Object.entries(all).map(([path, text]) => file(path, text));
    const engine = createEngine({
      schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
      packs: [{ name: 'test', rules: [says] }],
      expander: kustomizeExpander(),
    });
    const report = await engine.check(
      files.filter(({ path }) => path === judged),
      { around: () => files },
    );
    return report.findings.map(({ message, location }) => `${location?.file}: ${message}`);
  }
  test('judges what uses them, in that cluster alone', async () => {
    expect(await found('clusters/dev/vars.yaml')).toEqual(['apps/map.yaml: A is here']);
    expect(await found('clusters/prod/vars.yaml')).toEqual(['apps/map.yaml: A is there']);
  });
  test('judges it also where a kustomization makes them of a file', async () => {
    const generated = {
      ...texts,
      'clusters/dev/vars.yaml': MAP('others'),
      'clusters/dev/kustomization.yaml':
        'resources: [apps.yaml]\nconfigMapGenerator: [{name: vars, envs: [vars.env], options: {disableNameSuffixHash: true}}]\n',
      'clusters/dev/vars.env': 'WHERE=made\n',
    };
    expect(await found('clusters/dev/vars.env', generated)).toEqual(['apps/map.yaml: A is made']);
  });
  test('judges nothing where another one is meant', async () => {
    expect(await found('other/vars.yaml', { ...texts, 'other/vars.yaml': MAP('vars') })).toEqual([]);
    const elsewhere = MAP('vars').replace('name: vars', 'name: vars\n  namespace: shop');
    expect(await found('clusters/dev/more.yaml', { ...texts, 'clusters/dev/more.yaml': elsewhere })).toEqual([]);
  });
});
