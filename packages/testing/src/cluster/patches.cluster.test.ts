import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlumbline } from '@plumbline/cli';
import {
  type DriftEntry,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type Report,
  type Resource,
  setMember,
  stringify,
  valueAt,
} from '@plumbline/core';
import { diffJsonPatch } from '@plumbline/merge';
import { readFolder } from '@plumbline/sources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';
import { findCluster } from './build.ts';
import type { Answer, Endpoint } from './client.ts';
import { IMMUTABLE_PAIRS } from './immutable-pairs.ts';
import { createRandom } from './random.ts';
import { seedChange } from './seeded-changes.ts';
import { type Cluster, startCluster } from './start.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';
const SEED = Number(process.env.PLUMBLINE_SEED ?? 20261127);
const ROUNDS = 3;

const CONTENT = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

interface Printed {
  readonly resource: { readonly apiVersion: string; readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly patch?: JsonValue;
  readonly refused?: string;
  readonly notes?: readonly string[];
  readonly conflicts?: readonly { readonly manager: string; readonly field: string }[];
}

// Objects of a real API server are changed by somebody else; the patches that the command prints are sent to it, and what it answers is held
// against what was predicted.
describe.skipIf(binary === undefined)(`patches of a real cluster${binary === undefined ? ` (${why})` : ''}`, () => {
  let cluster: Cluster;
  let scratch: string;
  let command: string;
  let repository: string;
  let endpoints: ReadonlyMap<string, Endpoint>;
  const applied: JsonObject[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'plumbline-patches-'));
    command = join(scratch, 'dist/plumbline.cjs');
    repository = join(scratch, 'repository');
    mkdirSync(repository);
    spawnSync('git', ['init', '-q', repository]);
    await bundleCommand(join(scratch, 'dist'));
    cluster = await startCluster(binary ?? '');
    writeFileSync(join(scratch, 'kubeconfig'), readFileSync(cluster.kubeconfig, 'utf8'));
    endpoints = await cluster.client.discover();
    await applyShop();
  }, 180_000);
  afterAll(async () => {
    await cluster.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  function pathOf({ apiVersion, kind, namespace, name }: Printed['resource']): string {
    const endpoint = endpoints.get(`${apiVersion}/${kind}`);
    if (endpoint === undefined) throw new Error(`nothing serves ${kind}`);
    return `${endpoint.base}${endpoint.isNamespaced ? `/namespaces/${namespace ?? 'default'}` : ''}/${endpoint.resource}/${name}`;
  }
  const refOf = (object: JsonObject): Printed['resource'] => {
    const text = (key: string): string => String(valueAt(object, ['metadata', key]) ?? 'default');
    return { apiVersion: String(object.apiVersion), kind: String(object.kind), namespace: text('namespace'), name: text('name') };
  };
  const send = (resource: Printed['resource'], query: string, body: JsonValue, type: string): Promise<Answer> =>
    cluster.client.send('PATCH', `${pathOf(resource)}?${query}`, stringify(body), type);
  const apply = (object: JsonObject, query = 'fieldManager=plumbline&force=true'): Promise<Answer> =>
    send(refOf(object), query, object, 'application/apply-patch+yaml');
  const read = async (object: JsonObject): Promise<JsonObject> => asObject((await cluster.client.send('GET', pathOf(refOf(object)))).body);

  /** The objects of the built-in kinds of the shops, written as YAML that people could have written. */
  async function applyShop(): Promise<void> {
    const resources: Resource[] = [];
    for (const shop of ['repos/shop', 'kustomize/shop']) {
      const { files } = await readFolder(join(root, 'fixtures', shop));
      resources.push(...(await createPlumbline().applied(files)).resources);
    }
    const seen = new Set<string>();
    for (const { object } of resources) {
      const ref = refOf(object);
      if (!endpoints.has(`${ref.apiVersion}/${ref.kind}`) || ref.kind === 'Secret' || seen.has(stringify({ ...ref }))) continue;
      seen.add(stringify({ ...ref }));
      if (ref.namespace !== undefined)
        await cluster.client.send('POST', '/api/v1/namespaces', stringify({ metadata: { name: ref.namespace } }), 'application/json');
      if ((await apply(object)).status >= 300) continue;
      applied.push(object);
      writeFileSync(join(repository, `${applied.length}.yaml`), `# kept\n${stringify(object, 2)}\n`);
    }
  }

  function run(...given: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = { ...process.env, KUBECONFIG: join(scratch, 'kubeconfig') };
    const child = spawn(process.execPath, [command, ...given], { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (texts.out += String(text)));
    child.stderr.setEncoding('utf8').on('data', (text) => (texts.err += String(text)));
    return new Promise((done) => child.on('close', (code) => done({ code: code ?? -1, ...texts })));
  }
  const drift = async (): Promise<Report> =>
    JSON.parse((await run('drift', '--actual', 'cluster:', '-f', 'json', '--detail', 'outcomes')).out) as Report; // --format json
  const patches = async (type: string): Promise<readonly Printed[]> =>
    (JSON.parse((await run('patch', '--actual', 'cluster:', '--type', type, '--output', 'json')).out) as { patches: Printed[] }).patches; // docs/drift.md

  test('patches give what was predicted, conflicts are those of the server, and what is written back leaves no drift', async () => {
    expect(applied.length).toBeGreaterThan(30);
    const random = createRandom(SEED);
    const wrong: string[] = [];
    const counts: Record<string, number> = {};
    const count = (what: string): void => {
      counts[what] = (counts[what] ?? 0) + 1;
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (const object of applied) await changeOne(object, random);
      const report = await drift();
      const predicted = new Map((report.drift ?? []).map((entry) => [stringify({ ...entry.resource }), entry]));
      for (const type of ['json', 'merge', 'strategic'] as const)
        for (const one of await patches(type)) {
          const entry = predicted.get(stringify({ ...one.resource }));
          const what = `${type} ${one.resource.kind} ${one.resource.name}`;
          if (one.patch === undefined) {
            // Custom resources take no strategic merge patch.
            if (type !== 'strategic' || /\.k8s\.io|^(?:v1|apps|batch|autoscaling|policy)/.test(one.resource.apiVersion))
              wrong.push(`${what}: ${one.refused}`);
            continue;
          }
          const { status, body } = await send(
            one.resource,
            'dryRun=All&fieldManager=plumbline&fieldValidation=Strict',
            one.patch,
            CONTENT[type],
          );
          count(type);
          if (status >= 300) wrong.push(`${what}: ${stringify(body)} of ${stringify(one.patch)}`);
          else wrong.push(...differences(entry, asObject(body)).map((line) => `${what}: ${line}`));
        }
      for (const one of await patches('apply')) {
        count('apply');
        const { status, body } = await send(
          one.resource,
          'dryRun=All&fieldManager=plumbline',
          one.patch ?? null,
          'application/apply-patch+yaml',
        );
        const said = status === 409 ? causesOf(body) : [];
        const expected = (one.conflicts ?? []).map(({ field }) => field).sort();
        const mayBeRefused = one.notes?.some((note) => note.endsWith('a server may refuse the two')) === true;
        if (status === 422 && mayBeRefused) count('refused, as said');
        else if (status !== (expected.length > 0 ? 409 : 200) || said.join() !== expected.join())
          wrong.push(`apply ${one.resource.kind} ${one.resource.name}: ${status} ${said.join()}; expected ${expected.join()}`);
        if (expected.length > 0) count('conflicts');
      }
      const reverse = await run('patch', '--actual', 'cluster:', '--reverse', '--write');
      expect(reverse.err.split('\n').filter((line) => !/ is written$/.test(line) && line !== '')).toEqual([]);
      const left = await drift();
      for (const { resource, message } of left.findings) wrong.push(`after --reverse: ${resource?.kind} ${resource?.name}: ${message}`);
      count('reverse');
      for (const [index, object] of applied.entries()) {
        writeFileSync(join(repository, `${index + 1}.yaml`), `# kept\n${stringify(object, 2)}\n`);
        await putBack(object);
      }
    }
    expect(wrong, `seed ${SEED}`).toEqual([]);
    for (const type of ['json', 'merge', 'strategic', 'apply', 'conflicts'])
      expect(counts[type], `${type} of ${stringify(counts)}`).toBeGreaterThan(30);
  }, 300_000);

  test('what is said to need a replacement is what the server refuses, and nothing else', async () => {
    const wrong: string[] = [];
    let refusals = 0;
    for (const [index, { api, kind, before, after }] of IMMUTABLE_PAIRS.entries()) {
      const text = (rest: string): string =>
        `apiVersion: ${api}\nkind: ${kind}\nmetadata: {name: pair-${index}, namespace: default}\n${rest}\n`;
      const folder = join(repository, 'pairs', `${index}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'a.yaml'), text(after));
      const ref = { apiVersion: api, kind, namespace: 'default', name: `pair-${index}` };
      const { status } = await cluster.client.send(
        'PATCH',
        `${pathOf(ref)}?fieldManager=kubectl`,
        text(before),
        'application/apply-patch+yaml',
      );
      expect(status, `${kind} ${before}`).toBeLessThan(300);
      const { out } = await run('patch', folder, '--actual', 'cluster:', '--output', 'json');
      const [one] = (JSON.parse(out) as { patches: Printed[] }).patches; // docs/drift.md
      const answer = await send(ref, 'dryRun=All&fieldManager=kubectl', one?.patch ?? null, CONTENT.json);
      const isSaid = one?.notes?.some((note) => note.endsWith('the object must be replaced')) === true;
      refusals += Number(answer.status === 422);
      if (isSaid !== (answer.status === 422))
        wrong.push(`${kind} ${before} → ${after}: ${answer.status} ${stringify(member(answer.body, 'message') ?? '')}`);
    }
    expect(wrong).toEqual([]);
    expect(refusals).toBeGreaterThan(20);
  }, 300_000);

  const undone = new Map<JsonObject, readonly JsonObject[]>();

  /** One change by somebody else of what the source has, where the server takes one. */
  async function changeOne(object: JsonObject, random: ReturnType<typeof createRandom>): Promise<void> {
    const live = await read(object);
    for (let tries = 0; tries < 12; tries++) {
      const change = seedChange(object, live, ownFields(live), random);
      if (change === undefined || change.isForeign) continue;
      const { status } = await send(refOf(object), 'fieldManager=other-manager', change.patch as unknown as JsonValue, CONTENT.json); // operations are JSON
      if (status >= 300) continue;
      undone.set(object, change.undo);
      return;
    }
  }

  async function putBack(object: JsonObject): Promise<void> {
    await send(refOf(object), 'fieldManager=other-manager', (undone.get(object) ?? []) as unknown as JsonValue, CONTENT.json); // as above
    undone.delete(object);
    expect((await apply(object)).status).toBeLessThan(300);
  }
});

/** Where the server's object is not the predicted one; what the server counts is left out, and empty is absent. */
function differences(entry: DriftEntry | undefined, answer: JsonObject): string[] {
  if (!isObject(entry?.predicted)) return ['nothing is predicted'];
  const [predicted, actual] = [compared(entry.predicted), compared(answer)];
  return diffJsonPatch(predicted, actual).map((operation) => stringify(operation as unknown as JsonValue)); // operations are JSON
}

const COUNTED = ['managedFields', 'resourceVersion', 'generation'];

function compared(object: JsonObject): JsonValue {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(isObject(metadata) ? metadata : {}).filter(([key]) => !COUNTED.includes(key));
  return withoutEmpty({ ...rest, metadata: Object.fromEntries(kept) });
}

function withoutEmpty(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const own = withoutEmpty(value[key] ?? null);
    const isEmpty = own === null || (isObject(own) && Object.keys(own).length === 0) || (isArray(own) && own.length === 0);
    if (!isEmpty) setMember(copy, key, own);
  }
  return copy;
}

function causesOf(body: JsonValue): string[] {
  const causes = valueAt(body, ['details', 'causes']);
  return (isArray(causes) ? causes : []).map((cause) => String(member(cause, 'field')).replace(/^\./, '')).sort();
}

function ownFields(live: JsonObject): JsonValue {
  const entries = valueAt(live, ['metadata', 'managedFields']);
  const own = (isArray(entries) ? entries : []).find((entry) => member(entry, 'manager') === 'plumbline');
  return member(own, 'fieldsV1') ?? {};
}

function asObject(value: JsonValue): JsonObject {
  return isObject(value) ? value : {};
}
