// ajv on the JSON Schema of a type is the oracle of the interpreter: the same objects must be valid.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, type JsonValue, type Problem, toPlainNumbers } from '@plumbline/core';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { schemas, shared } from '../test/schemas.ts';
import { toJsonSchema } from './json-schema-of.ts';
import { judge } from './judge.ts';
import { minorOf } from './schema-set.ts';
import * as T from './type.ts';
import { createVerdict } from './verdict.ts';

interface Judges {
  readonly type: T.Type;
  /** Undefined where the interpreter leaves something to later. */
  readonly ours: (value: JsonValue) => string[] | undefined;
  readonly oracle: (value: JsonValue) => boolean;
  readonly why: () => unknown;
}

const judges = new Map<string, Judges | undefined>();

function judgesOf(group: string, version: string, kind: string, minor = 37): Judges | undefined {
  const key = `${group}/${version}/${kind}@${minor}`;
  if (judges.has(key)) return judges.get(key);
  const known = schemas.kindOf(group, version, kind);
  const line = known ? schemas.lineOf(known, minor) : -1;
  const made = line < 0 ? undefined : createJudges(schemas.typeAt(line));
  judges.set(key, made);
  return made;
}

function createJudges(type: T.Type): Judges {
  const validate = new Ajv({ strict: false, logger: false }).compile(toJsonSchema(type));
  return {
    type,
    // Repeated keys and the parts of label selectors are no matter of a JSON Schema.
    ours: (value) => {
      const verdict = createVerdict();
      judge(value, type, [], { verdict, isBuiltin: true, mayGainFields: false, above: [], dropsStatus: true, formOnly: false });
      if (verdict.skipped !== undefined) return undefined;
      return verdict.problems
        .filter((one) => one.class === 'refusal' && !isBeyond(one))
        .map((one) => `${one.rule} ${one.path?.join('.')} ${one.message}`);
    },
    oracle: (value) => validate(toPlainNumbers(value)) === true,
    why: () => validate.errors?.slice(0, 3),
  };
}

function isBeyond(problem: Problem): boolean {
  if (problem.rule === 'schema/list-map-duplicate' || problem.rule === 'meta/label-invalid') return true;
  return (
    (problem.path ?? []).includes('matchExpressions') && /^operator|In, NotIn/.test(problem.message.replace(/^"[^"]*" is none of /, ''))
  );
}

function disagreement(judge: Judges, value: JsonObject): string | undefined {
  const ours = judge.ours(value);
  if (ours === undefined) return undefined;
  const isValid = judge.oracle(value);
  if ((ours.length === 0) === isValid) return undefined;
  return `${JSON.stringify(value).slice(0, 400)}\n ours: ${ours.slice(0, 3).join('; ') || 'valid'}\n ajv: ${isValid ? 'valid' : JSON.stringify(judge.why())}`;
}

/** A small generator of numbers, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function generate(type: T.Type, random: (below: number) => number, depth: number): JsonValue {
  switch (type.code) {
    case T.OBJECT: {
      const object: Record<string, JsonValue> = {};
      for (const [name, field] of type.fields ?? []) {
        if (!type.required.includes(name) && (depth <= 0 || random(4) > 0)) continue;
        object[name] = generate(T.typeOf(field), random, depth - 1);
      }
      return object;
    }
    case T.MAP:
      return type.item ? { a: generate(T.typeOf(type.item), random, depth - 1) } : {};
    case T.LIST:
      return type.item ? [generate(T.typeOf(type.item), random, depth - 1)] : [];
    case T.INT32:
    case T.INT64:
      return 1 + random(100);
    case T.NUMBER:
      return 0.5 + random(9);
    case T.BOOLEAN:
      return random(2) === 0;
    case T.QUANTITY:
      return ['1', '500m', '2Gi', 3, '1e3'][random(5)] ?? 1;
    case T.INT_OR_STRING:
      return ['50%', 8080, 'http'][random(3)] ?? 1;
    case T.TIME:
      return '2026-01-31T12:00:00Z';
    case T.MICRO_TIME:
      return '2026-01-31T12:00:00.000001Z';
    case T.BYTES:
      return 'YWJj';
    case T.RAW:
      return { x: 1 };
    case T.SCHEMA_OR_BOOLEAN:
      return true;
    case T.SCHEMA_OR_LIST:
      return [];
    case T.SCHEMA_OR_STRINGS:
      return ['a'];
    case T.STRING:
      return type.facts?.values?.[0] ?? 'text';
    default:
      return { any: 1 };
  }
}

const ODD: readonly JsonValue[] = [
  null,
  true,
  1,
  1.5,
  -1,
  2 ** 31,
  2 ** 40,
  '',
  'x',
  ['$', '{X}'].join(''),
  '1Gi',
  'a/b',
  [],
  ['a'],
  [null],
  {},
  { a: 1 },
  '2026-02-30',
  9007199254740993n,
];

/** A copy with one place changed: a value replaced, a member dropped or added. */
function mutate(value: JsonValue, random: (below: number) => number): JsonValue {
  if (isObject(value)) {
    const names = Object.keys(value);
    const name = names[random(names.length)];
    const what = random(6);
    if (name === undefined || what === 0) return { ...value, unheardOf: 1 };
    const copy: Record<string, JsonValue> = { ...value };
    if (what === 1) delete copy[name];
    else if (what === 2) copy[name] = ODD[random(ODD.length)] ?? null;
    else copy[name] = mutate(value[name] ?? null, random);
    return copy;
  }
  if (Array.isArray(value) && value.length > 0 && random(3) > 0) return [mutate(value[0] ?? null, random)];
  return ODD[random(ODD.length)] ?? null;
}

const SAMPLE: readonly [string, string, string, number][] = [
  ['', 'v1', 'Pod', 37],
  ['apps', 'v1', 'Deployment', 37],
  ['apps', 'v1', 'StatefulSet', 25],
  ['batch', 'v1', 'CronJob', 30],
  ['', 'v1', 'Service', 37],
  ['', 'v1', 'Secret', 37],
  ['', 'v1', 'PersistentVolume', 37],
  ['networking.k8s.io', 'v1', 'Ingress', 37],
  ['networking.k8s.io', 'v1', 'NetworkPolicy', 37],
  ['rbac.authorization.k8s.io', 'v1', 'ClusterRole', 37],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler', 37],
  ['apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 37],
  ['admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicy', 37],
  ['coordination.k8s.io', 'v1', 'Lease', 37],
  ['resource.k8s.io', 'v1', 'ResourceClaim', 37],
];

test('generated objects and mutants of them get the verdict of ajv', () => {
  const random = createRandom(20261124);
  const wrong: string[] = [];
  let refused = 0;
  let count = 0;
  for (const [group, version, kind, minor] of SAMPLE) {
    const judge = judgesOf(group, version, kind, minor);
    if (!judge) throw new Error(`no ${kind} in 1.${minor}`);
    for (let index = 0; index < 300; index++) {
      let value = generate(judge.type, random, 6);
      for (let times = index % 4; times > 0; times--) value = mutate(value, random);
      if (!isObject(value)) continue;
      count++;
      if ((judge.ours(value)?.length ?? 0) > 0) refused++;
      const found = disagreement(judge, value);
      if (found !== undefined) wrong.push(`${kind} ${found}`);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  // Both verdicts are frequent, or the comparison says little.
  expect(refused).toBeGreaterThan(count / 4);
  expect(refused).toBeLessThan((count * 3) / 4);
});

const policies = join(shared, 'suites/kyverno-policies');
const suites = join(shared, 'suites/apiserver/real/real.jsonl');

function* manifests(): Generator<JsonObject> {
  const lines = readFileSync(suites, 'utf8').split('\n');
  for (let index = 0; index < lines.length; index += 4) {
    const text = lines[index];
    if (text) yield* objectsIn((JSON.parse(text) as { manifest: string }).manifest);
  }
  const files = readdirSync(policies, { recursive: true, encoding: 'utf8' }).filter((name) => /resources?[^/]*\.ya?ml$/.test(name));
  for (let index = 0; index < files.length; index += 3) yield* objectsIn(readFileSync(join(policies, files[index] ?? ''), 'utf8'));
}

function* objectsIn(text: string): Generator<JsonObject> {
  for (const document of parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' })) {
    if (!('contents' in document) || document.errors.length > 0) continue;
    const value = document.toJS() as unknown;
    if (isObject(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string') yield value;
  }
}

describe.skipIf(!existsSync(suites) || !existsSync(policies))('real manifests (../shared/suites)', () => {
  test('get the verdict of ajv', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const value of manifests()) {
      const [head, tail] = String(value.apiVersion).split('/');
      const [group, version] = tail === undefined ? ['', head] : [head, tail];
      const judge = judgesOf(group ?? '', version ?? '', String(value.kind));
      if (judge === undefined) continue;
      count++;
      const found = disagreement(judge, value);
      if (found !== undefined) wrong.push(found);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});

test('every kind of the newest version can be said as a JSON Schema', () => {
  const newest = minorOf(schemas.versions[0] ?? '');
  for (const kind of schemas.kinds()) {
    const line = schemas.lineOf(kind, newest);
    if (line >= 0) expect(toJsonSchema(schemas.typeAt(line)).type).toBe('object');
  }
});
