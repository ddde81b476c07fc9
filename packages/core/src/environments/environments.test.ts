import { describe, expect, test } from 'vitest';
import type { ResourceRule, RuleContext } from '../check/rule.ts';
import { createEngine, type SchemaPort } from '../engine.ts';
import type { BuildResult, Expander } from '../expand/expander.ts';
import type { Resource } from '../read/resource.ts';
import type { JsonObject } from '../values/json.ts';
import { stageOfName, withoutStage } from './stage.ts';
import { compareVersions, imageParts } from './versions.ts';
import { placeOfFolder } from './view.ts';

test.each([
  ['dev', 'dev'],
  ['Development', 'dev'],
  ['qa', 'qa'],
  ['test', 'qa'],
  ['staging', 'uat'],
  ['pre-prod', 'uat'],
  ['preproduction', 'uat'],
  ['live', 'live'],
  ['prod-eu', 'live'],
  ['shop_production', 'live'],
  ['nonprod', undefined],
  ['non-prod', undefined],
  ['dev-to-prod', undefined],
  ['sandbox', undefined],
  ['product', undefined],
])('the name %s tells the stage %s', (name, stage) => {
  expect(stageOfName(name)).toBe(stage);
});

test.each([
  ['web-live', 'live', 'web'],
  ['live', 'live', 'live'],
  ['web', 'live', 'web'],
  ['shop-alpha-web', 'alpha', 'shop-web'],
])('%s in %s is %s', (name, environment, plain) => {
  expect(withoutStage(name, environment)).toBe(plain);
});

test.each([
  ['1.10.0', '1.9.3', 1],
  ['v1.2', 'v1.2.1', -1],
  ['1.2.0', '1.2.0', 0],
  ['1.25.3-alpine', '1.26.0-alpine', -1],
  ['1.2.0', '1.2.0-rc.1', undefined],
  ['main', 'v2.0.0', undefined],
  ['12', '13', undefined],
  ['>=1.0.0', '1.0.0', undefined],
  ['2024.1', '1.24', undefined],
])('%s against %s', (a, b, expected) => {
  const compared = compareVersions(a, b);
  expect(compared === undefined ? undefined : Math.sign(compared)).toBe(expected);
});

test('an image has a repository, a tag and a digest', () => {
  expect(imageParts('host:5000/a/web:1.2@sha256:ab')).toEqual({ repository: 'host:5000/a/web', tag: '1.2', digest: 'sha256:ab' });
  expect(imageParts('host:5000/a/web')).toEqual({ repository: 'host:5000/a/web', tag: undefined, digest: undefined });
});

test.each([
  ['environments/live/web', 'live', 'environments/*/web'],
  ['clusters/alpha', 'alpha', 'clusters/*'],
  ['apps/web/overlays/prod-eu', 'prod-eu', 'apps/web/overlays/*'],
  ['somewhere/else', 'live', undefined],
])('the place of %s in %s is %s', (folder, environment, place) => {
  expect(placeOfFolder(folder, environment)).toBe(place);
});

const SCHEMAS: SchemaPort = {
  rules: [],
  versions: ['1.37'],
  catalogue: () => ({ isBuiltinGroup: () => true, scopeOf: () => 'Namespaced' }),
};
const CONFIG_MAP = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n`;

/** Says of each ConfigMap what other environments have of it. */
const seen: ResourceRule = {
  id: 'test/seen',
  title: 'a',
  why: 'b',
  remedy: 'c',
  severity: 'warning',
  class: 'quality',
  set: 'core',
  kinds: ['ConfigMap'],
  scope: 'environments',
  check: (resource, { environments }) => [{ message: tell(resource, environments) }],
};

function tell(resource: Resource, environments: RuleContext['environments']): string {
  const of = environments.counterparts(resource).map(({ environment, resource: other }) => `${environment.name}:${other.name}`);
  const lacking = environments.lacking(resource).map(({ name }) => name);
  return `${environments.of(resource)?.name} sees ${of.join(' ')}${lacking.length === 0 ? '' : `, lacking ${lacking.join(' ')}`}`;
}

interface Look {
  readonly texts: Readonly<Record<string, string>>;
  readonly judged?: readonly string[];
  readonly expander?: Expander;
  readonly rules?: readonly ResourceRule[];
}

async function look({ texts, judged, expander, rules = [seen] }: Look): Promise<readonly string[]> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const engine = createEngine({
    schemas: SCHEMAS,
    packs: [{ name: 'test', rules }],
    config: { preset: 'core' },
    ...(expander === undefined ? {} : { expander }),
  });
  const report = await engine.check(judged === undefined ? files : files.filter(({ path }) => judged.includes(path)), {
    around: () => files,
  });
  return report.findings.filter(({ rule }) => rule !== 'kust/build-fails').map(({ location, message }) => `${location?.file}: ${message}`);
}

describe('the same object in other environments', () => {
  test('is that of the folder at the same place, whatever its name says of the environment', async () => {
    const texts = {
      'environments/dev/a.yaml': CONFIG_MAP('web-dev', 'x'),
      'environments/uat/a.yaml': CONFIG_MAP('web', 'x'),
      'environments/live/a.yaml': CONFIG_MAP('web-live', 'x'),
      'environments/live/b.yaml': CONFIG_MAP('only', 'x'),
      'others/live/a.yaml': CONFIG_MAP('web', 'x'),
    };
    expect(await look({ texts })).toEqual([
      'environments/dev/a.yaml: dev sees uat:web live:web-live',
      'environments/live/a.yaml: live sees dev:web-dev uat:web',
      'environments/live/b.yaml: live sees , lacking dev uat',
      'environments/uat/a.yaml: uat sees dev:web-dev live:web-live',
      'others/live/a.yaml: live sees ',
    ]);
  });
  test('is none where a name is not the only one', async () => {
    const texts = {
      'environments/uat/a.yaml': CONFIG_MAP('web-a-uat', 'x'),
      'environments/uat/b.yaml': `${CONFIG_MAP('web-prod', 'x')}---\n${CONFIG_MAP('web-test', 'x')}`,
      'environments/live/a.yaml': CONFIG_MAP('web', 'x'),
    };
    expect((await look({ texts })).at(0)).toBe('environments/live/a.yaml: live sees ');
  });
});

describe('a part of the repository', () => {
  const texts = {
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': CONFIG_MAP('web', 'x'),
    'overlays/uat/kustomization.yaml': 'resources: [../../base]\nnamePrefix: uat-\n',
    'overlays/live/kustomization.yaml': 'resources: [../../base]\nnamePrefix: live-\n',
  };
  const built: string[] = [];
  const expander: Expander = {
    build({ folder }): BuildResult {
      built.push(folder);
      const object: JsonObject = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `${folder.split('/')[1]}-web` },
        data: { a: 'x' },
      };
      const locate = () => ({ file: `${folder}/kustomization.yaml`, line: 2, column: 1, endLine: 2, endColumn: 5, chain: [] });
      return { objects: [{ object, locate }], inputs: ['base/a.yaml', 'base/kustomization.yaml', `${folder}/kustomization.yaml`] };
    },
  };
  test('is held against what the rest builds', async () => {
    built.length = 0;
    expect(await look({ texts, judged: ['overlays/live/kustomization.yaml'], expander })).toEqual([
      'overlays/live/kustomization.yaml: live sees uat:uat-web',
    ]);
    expect(built).toEqual(['overlays/live', 'overlays/uat']);
  });
  test('has nothing more built where no rule asks', async () => {
    built.length = 0;
    const plain: ResourceRule = { ...seen, scope: 'unit', check: () => [] };
    await look({ texts, judged: ['overlays/live/kustomization.yaml'], expander, rules: [plain] });
    expect(built).toEqual(['overlays/live']);
  });
  test('of which the rest does not build is judged by itself, and the rest is not reported', async () => {
    const half: Expander = {
      build: (request, inputs) =>
        request.folder.endsWith('uat')
          ? {
              problems: [
                {
                  rule: 'kust/build-fails',
                  message: 'no',
                  location: { file: `${request.folder}/kustomization.yaml`, line: 1, column: 1, endLine: 1, endColumn: 2 },
                },
              ],
            }
          : expander.build(request, inputs),
    };
    const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
    const engine = createEngine({ schemas: SCHEMAS, packs: [{ name: 'test', rules: [seen] }], config: { preset: 'core' }, expander: half });
    const report = await engine.check(
      files.filter(({ path }) => path.startsWith('overlays/live')),
      { around: () => files },
    );
    expect(report.findings.map(({ message }) => message)).toEqual(['live sees ']);
  });
});

test('what a rule of document scope asks of environments is refused', async () => {
  const wrong: ResourceRule = { ...seen, scope: 'document' };
  expect(await look({ texts: { 'environments/dev/a.yaml': CONFIG_MAP('a', 'x') }, rules: [wrong] })).toEqual([
    'environments/dev/a.yaml: rule "test/seen" failed: it looks at other resources, so its scope must be "unit"',
  ]);
});

test('a fleet of clusters is not held against itself', async () => {
  const texts = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`clusters/c${index}/a.yaml`, CONFIG_MAP('web', 'x')]));
  expect((await look({ texts: texts(3) }))[0]).toBe('clusters/c0/a.yaml: c0 sees c1:web c2:web');
  expect((await look({ texts: texts(30) }))[0]).toBe('clusters/c0/a.yaml: c0 sees ');
});
