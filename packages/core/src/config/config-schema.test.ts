import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { JsonValue } from '../values/json.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { validate } from './validate.ts';

const holds = new Ajv2020.default({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(CONFIG_SCHEMA);

// One right value for each key; the wrong ones are made from them.
const RIGHT: Record<string, JsonValue> = {
  kubernetesVersions: ['1.34'],
  preset: 'core',
  rules: { 'a/b': 'off', 'c/d': { severity: 'info', options: { x: 1 } }, 'e/f': {} },
  overrides: [{ paths: ['a'], rules: { 'a/b': 'error' } }],
  extends: ['a'],
  exclude: ['a'],
  external: [{ kind: 'Secret', namespace: 'a', name: 'b' }],
  kustomize: { remotes: { 'https://example.com/a?ref=v1': 'vendor/a' } },
  waivers: [{ rule: 'a/b', paths: ['a'], resource: { kind: 'Pod' }, reason: 'x', owner: 'y', expires: '2027-01-01' }],
  drift: {
    ignore: [
      {
        pointers: ['/a', ''],
        jsonPaths: ['$.a'],
        managers: ['x'],
        paths: ['a'],
        resource: { name: 'b' },
        reason: 'x',
        expires: '2027-01-01',
      },
      { managers: ['x'], reason: 'y' },
    ],
    withoutBuiltInSets: ['restarts'],
  },
  environments: [{ name: 'DEV', paths: ['a'], kubernetesVersions: ['1.30'] }],
  layers: [{ name: 'data', paths: ['a'] }],
  servedApis: ['batch/v2alpha1', 'v1/Pod', 'batch/v2alpha1/CronJob'],
  schemaLocations: ['schemas/{{ .ResourceKind }}.json'],
  schemaFolder: 'a',
  celRules: [
    {
      id: 'no-latest',
      kinds: ['apps/Deployment', '*', 'apps/*', 'github/Workflow'],
      expression: 'true',
      title: 'a',
      message: 'b',
      messageExpression: 'c',
      remedy: 'd',
      severity: 'info',
      class: 'quality',
      path: 'spec',
    },
  ],
  failOn: 'info',
  notEvaluated: 'report',
  plugins: ['./a.mjs'],
};
const STRANGE: readonly JsonValue[] = [null, true, 3, '', ' ', 'x', [], {}, [null], [[]], [{}], ['x', 1], { x: 1 }, { severity: 'x' }];

/** The value with each of its parts replaced by something strange, left out, or given a member too many. */
function* mutants(value: JsonValue): Generator<JsonValue> {
  yield* STRANGE;
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    for (const [index, item] of items.entries())
      for (const other of mutants(item)) yield items.map((each, at) => (at === index ? other : each));
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Record<string, JsonValue>);
    yield { ...Object.fromEntries(members), surplus: 1 };
    for (const [key, item] of members) {
      yield Object.fromEntries(members.filter(([name]) => name !== key));
      for (const other of mutants(item)) yield { ...Object.fromEntries(members), [key]: other };
    }
  }
}

test('the schema covers every key, and the right values hold', () => {
  expect(Object.keys(CONFIG_SCHEMA.properties ?? {})).toEqual(Object.keys(RIGHT));
  expect(validate(CONFIG_SCHEMA, RIGHT)).toEqual([]);
  expect(holds(RIGHT)).toBe(true);
});

test('the reader and ajv agree on what is wrong', () => {
  let count = 0;
  for (const mutant of mutants(RIGHT)) {
    count++;
    expect([validate(CONFIG_SCHEMA, mutant).length === 0, mutant]).toEqual([holds(mutant), mutant]);
  }
  expect(count).toBeGreaterThan(500);
});
