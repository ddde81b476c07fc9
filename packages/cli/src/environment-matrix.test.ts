import { type Config, createEngine } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { type EnvironmentMatrix, matrixOf } from './environment-matrix.ts';
import { environmentsText } from './environments-text.ts';

const workload = (name: string, image: string, kind = 'Deployment', labels = ''): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${labels}spec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n`;
const release = (version: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ingress\nspec:\n  chart:\n    spec:\n      chart: nginx\n      version: ${version}\n`;

async function matrix(texts: Readonly<Record<string, string>>, config: Config = {}): Promise<EnvironmentMatrix> {
  const schemas = { rules: [], versions: ['1.37'], catalogue: () => ({ isBuiltinGroup: () => true, scopeOf: () => undefined }) };
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const applied = await createEngine({ schemas, packs: [], config }).applied(files);
  return matrixOf(applied.environments, config);
}

const TEXTS = {
  'environments/dev/web.yaml': workload('web', 'a/web:1.2.0', 'Deployment', '  labels:\n    tier: frontend\n'),
  'environments/uat/web.yaml': workload('web', 'a/web:1.0.0', 'Deployment', '  labels:\n    tier: frontend\n'),
  'environments/live/web.yaml': workload('web', 'b/web:1.1.0', 'Deployment', '  labels:\n    tier: frontend\n'),
  'environments/dev/database/db.yaml': workload('db-dev', `postgres@sha256:${'a'.repeat(64)}`),
  'environments/live/database/db.yaml': workload('db-live', 'postgres:16', 'StatefulSet'),
  'environments/live/ingress.yaml': release('4.1.0'),
};

describe('the matrix', () => {
  test('has a row for each version, a cell for each environment, and marks what is out of order', async () => {
    const { environments, components } = await matrix(TEXTS);
    expect(environments).toEqual([
      { name: 'dev', stage: 'dev', rank: 0 },
      { name: 'uat', stage: 'uat', rank: 2 },
      { name: 'live', stage: 'live', rank: 3 },
    ]);
    expect(components.map(({ layer, component, of, differs }) => [layer, component.kind, component.name, of, differs])).toEqual([
      ['presentation', 'Deployment', 'web', 'main:web', true],
      ['data', 'Deployment', 'db', 'main:postgres', false],
      ['data', 'StatefulSet', 'db', 'main:postgres', false],
      [undefined, 'HelmRelease', 'ingress', 'nginx', false],
    ]);
    expect(components[0]?.cells).toEqual([
      { environment: 'dev', version: '1.2.0', file: 'environments/dev/web.yaml', line: 12 },
      { environment: 'uat', version: '1.0.0', file: 'environments/uat/web.yaml', line: 12 },
      { environment: 'live', version: '1.1.0', file: 'environments/live/web.yaml', line: 12, newerThan: 'uat' },
    ]);
  });
  test('as text', async () => {
    expect(environmentsText(await matrix(TEXTS))).toBe(`Order of promotion: dev → uat → live

component                dev                  uat    live
presentation:
web                      1.2.0                1.0.0  1.1.0 !  ≠
data:
Deployment db postgres   sha256:aaaaaaaaaaaa  -      -
StatefulSet db postgres  -                    -      16
other:
ingress nginx            -                    -      4.1.0

! web is 1.1.0 in live, newer than in uat: environments/live/web.yaml:12

4 images and charts in 3 environments: 1 differs
`);
  });
  test('goes by the environments and layers of the configuration', async () => {
    const config: Config = {
      environments: [
        { name: 'first', paths: ['environments/live'] },
        { name: 'last', paths: ['environments/dev'] },
      ],
      layers: [{ name: 'databases', paths: ['environments/*/database'] }],
    };
    const { environments, components } = await matrix(TEXTS, config);
    expect(environments).toEqual([
      { name: 'first', rank: 0 },
      { name: 'last', stage: 'live', rank: 1 },
      { name: 'uat', stage: 'uat' },
    ]);
    expect(components.map(({ layer, component }) => `${layer} ${component.name}`)).toEqual([
      'databases db',
      'databases db',
      'undefined ingress',
      'undefined web',
    ]);
  });
  test('of nothing says how to name environments', async () => {
    expect(environmentsText(await matrix({ 'a.yaml': workload('web', 'a') }))).toMatch(/^no environments: name them under `environments`/);
  });

  test('of many clusters is cut into tables that fit, and clusters of a stage stand side by side', async () => {
    const texts: Record<string, string> = {};
    for (const [index, cluster] of ['staging-eu', 'prod-eu', 'prod-us', 'prod-ap', 'lab'].entries())
      texts[`clusters/${cluster}/web.yaml`] = workload('web', `a/web:1.${index}.0`);
    const whole = await matrix(texts);
    expect(environmentsText(whole, 44)).toBe(`Order of promotion: staging-eu (uat) →
  prod-ap, prod-eu, prod-us (live)
Without a place in the order: lab

component  staging-eu  prod-ap  prod-eu
web        1.0.0       1.3.0 !  1.1.0 !  ≠

component  prod-us  lab
web        1.2.0 !  1.4.0  ≠

! web is 1.3.0 in prod-ap, newer than in
  staging-eu: clusters/prod-ap/web.yaml:10
! web is 1.1.0 in prod-eu, newer than in
  staging-eu: clusters/prod-eu/web.yaml:10
! web is 1.2.0 in prod-us, newer than in
  staging-eu: clusters/prod-us/web.yaml:10

1 image or chart in 5 environments: 1 differs
`);
    expect(environmentsText(whole).split('\n')[3]).toBe('component  staging-eu  prod-ap  prod-eu  prod-us  lab');
  });
  test('tells rows apart that are called the same', async () => {
    const two = `${workload('web', 'a/web:1')}        - name: side\n          image: a/web:2\n`;
    const text = environmentsText(await matrix({ 'live/eu/web.yaml': two, 'live/us/web.yaml': workload('web', 'a/web:3') }));
    expect(text).toBe(`Environments: live; nothing tells an order of promotion

component                                  live
web in container main of live/eu/web.yaml  1
web in container main of live/us/web.yaml  3
web in container side                      2

3 images and charts in 1 environment: none differs
`);
  });
  test('takes containers for the same that are called after their environment', async () => {
    const named = (environment: string, version: string): string =>
      workload(`web-${environment}`, `a/web:${version}`).replace('name: main', `name: web-${environment}`);
    const { components } = await matrix({ 'dev/a.yaml': named('dev', '1.3.0'), 'live/a.yaml': named('live', '1.2.0') });
    expect(components.map(({ of, cells }) => [of, ...cells.map(({ version }) => version)])).toEqual([['web:web', '1.3.0', '1.2.0']]);
  });
  test('without a version says so', async () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
    const empty = await matrix({ 'environments/dev/a.yaml': text, 'environments/live/a.yaml': text });
    expect(environmentsText(empty)).toBe('Order of promotion: dev → live\n\nno image and no chart is in sight that goes to one of them\n');
    expect(environmentsText(empty, 0, true)).toBe('Order of promotion: dev → live\n\nno versions differ\n');
  });
});
