import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlumbline } from '@plumbline/cli';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type Report,
  type Resource,
  stringify,
  valueAt,
} from '@plumbline/core';
import { readFolder } from '@plumbline/sources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';
import { findCluster } from './build.ts';
import type { Answer, Endpoint } from './client.ts';
import { install } from './install.ts';
import { createRandom } from './random.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { type SeededChange, seedChange } from './seeded-changes.ts';
import { type Cluster, startCluster } from './start.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const found = findCluster();
const binary = 'missing' in found || !found.isBuilt ? undefined : found.path;
const why = 'missing' in found ? found.missing : 'not built yet: npm run test:cluster';
const SEED = Number(process.env.PLUMBLINE_SEED ?? 20261127);
const CHANGES = 200;

type Ran = { readonly code: number; readonly report: Report; readonly err: string };
/** `owner`: whom the server says to have done it; of an object that nobody owns anything of it says nothing. */
type Outcome = { readonly name: string; readonly change: SeededChange; readonly owner: string | undefined };

// A repository is applied to a real API server; then the command, as users run it, compares the two.
describe.skipIf(binary === undefined)(`drift of a real cluster${binary === undefined ? ` (${why})` : ''}`, () => {
  let cluster: Cluster;
  let proxy: RecordingProxy;
  let scratch: string;
  let command: string;
  let repository: string;
  let endpoints: ReadonlyMap<string, Endpoint>;
  /** What the server took, by `Kind namespace/name`. */
  const applied = new Map<string, JsonObject>();

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'plumbline-drift-'));
    command = join(scratch, 'dist/plumbline.cjs');
    repository = join(scratch, 'repository');
    mkdirSync(join(repository, '.git'), { recursive: true });
    await bundleCommand(join(scratch, 'dist'));
    cluster = await startCluster(binary ?? '');
    const kubeconfig = readFileSync(cluster.kubeconfig, 'utf8');
    const [entry] = (JSON.parse(kubeconfig) as { clusters: { cluster: { server: string } }[] }).clusters; // start.ts made it
    proxy = await startRecordingProxy(new URL(entry?.cluster.server ?? ''));
    writeFileSync(join(scratch, 'kubeconfig'), kubeconfig.replace(entry?.cluster.server ?? '', proxy.url));
    await applyShop();
  }, 180_000);
  afterAll(async () => {
    proxy.close();
    await cluster.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** `Kind namespace/name`; what has no namespace may be written with one. */
  function nameOf(object: JsonObject): string {
    const isNamespaced = endpoints.get(`${String(object.apiVersion)}/${String(object.kind)}`)?.isNamespaced === true;
    const [namespace, name] = ['namespace', 'name'].map((key) => String(valueAt(object, ['metadata', key]) ?? 'default'));
    return `${String(object.kind)} ${isNamespaced ? `${namespace}/` : ''}${name}`;
  }

  function pathOf(object: JsonObject): string {
    const endpoint = endpoints.get(`${String(object.apiVersion)}/${String(object.kind)}`);
    if (endpoint === undefined) throw new Error(`nothing serves ${nameOf(object)}`);
    const namespace = String(valueAt(object, ['metadata', 'namespace']) ?? 'default');
    const place = endpoint.isNamespaced ? `/namespaces/${namespace}` : '';
    return `${endpoint.base}${place}/${endpoint.resource}/${String(valueAt(object, ['metadata', 'name']))}`;
  }

  const apply = (object: JsonObject): Promise<Answer> =>
    cluster.client.send('PATCH', `${pathOf(object)}?fieldManager=plumbline&force=true`, stringify(object), 'application/apply-patch+yaml');
  const patch = (object: JsonObject, operations: readonly JsonObject[]): Promise<Answer> =>
    cluster.client.send('PATCH', `${pathOf(object)}?fieldManager=other-manager`, stringify(operations), 'application/json-patch+json');
  const read = async (object: JsonObject): Promise<JsonObject> => asObject((await cluster.client.send('GET', pathOf(object))).body);

  /** What the shops' repositories hold, as far as the server takes it; written out as plain files, which are then the source. */
  async function applyShop(): Promise<void> {
    const resources: Resource[] = [];
    for (const shop of ['repos/shop', 'kustomize/shop']) {
      const { files } = await readFolder(join(root, 'fixtures', shop));
      resources.push(...(await createPlumbline().applied(files)).resources);
    }
    const objects = resources.map(({ object }) => object).filter(({ metadata }) => typeof member(metadata, 'name') === 'string');
    expect(
      await install(
        cluster.client,
        objects.map((object) => ({ kind: String(object.kind), object })),
      ),
    ).toEqual([]);
    endpoints = await cluster.client.discover();
    const namespaces = new Set(objects.map((object) => String(valueAt(object, ['metadata', 'namespace']) ?? 'default')));
    for (const name of namespaces)
      await cluster.client.send('POST', '/api/v1/namespaces?fieldManager=somebody', stringify({ metadata: { name } }), 'application/json');
    const seen = new Set<string>();
    for (const object of objects) {
      const name = nameOf(object);
      if (seen.has(name) || !endpoints.has(`${String(object.apiVersion)}/${String(object.kind)}`)) continue;
      seen.add(name);
      // What it does not take is what `check` is about.
      if ((await apply(object)).status >= 300) continue;
      applied.set(name, object);
      writeFileSync(join(repository, `${applied.size}.yaml`), stringify(object, 2));
    }
  }

  function run(...given: string[]): Promise<Ran> {
    const env = { ...process.env, KUBECONFIG: join(scratch, 'kubeconfig') };
    const child = spawn(process.execPath, [command, ...given], { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (texts.out += String(text)));
    child.stderr.setEncoding('utf8').on('data', (text) => (texts.err += String(text)));
    return new Promise((done) =>
      child.on('close', (code) =>
        done({ code: code ?? -1, report: texts.out.startsWith('{') ? JSON.parse(texts.out) : undefined, err: texts.err }),
      ),
    );
  }
  const drift = (actual = 'cluster:'): Promise<Ran> => run('drift', '--actual', actual, '-f', 'json');

  test('a repository just applied has none, and only GET and LIST were asked', async () => {
    expect(applied.size).toBeGreaterThan(30);
    const { code, report, err } = await drift();
    expect(err).toBe('');
    expect(report.findings.map(({ message, resource }) => `${resource?.kind} ${resource?.name}: ${message}`)).toEqual([]);
    expect(report.summary.drift).toEqual({ inSync: applied.size, missing: 0, changed: 0, extra: 0, notEvaluated: 0 });
    expect(code).toBe(0);
    expect(report.run.kubernetesVersions).toEqual(['1.37']);
    expect(proxy.requests.length).toBeGreaterThan(5);
    expect(proxy.requests.filter((line) => !line.startsWith('GET ') || line.includes('watch'))).toEqual([]);
  });

  test(`${CHANGES} changes by somebody else are found, each at its place, and nothing else`, async () => {
    const random = createRandom(SEED);
    const missed: string[] = [];
    const counts: Record<string, number> = {};
    let total = 0;
    while (total < CHANGES) {
      const outcomes = await changeMost(random, CHANGES - total);
      total += outcomes.length;
      const { report } = await drift();
      for (const { change } of outcomes) counts[change.what] = (counts[change.what] ?? 0) + 1;
      missed.push(...judge(report, outcomes));
      if (total >= CHANGES) await sameOfSnapshot(report);
      for (const { name, change } of outcomes) {
        const object = applied.get(name) ?? {};
        // A server may put back by itself what was removed.
        await patch(object, change.undo);
        const { status, body } = await apply(object);
        expect(status, `${name} again after ${stringify(change.patch)}: ${stringify(body)}`).toBeLessThan(300);
      }
      const after = await drift();
      expect(
        after.report.findings.map(({ resource, message }) => `${resource?.name}: ${message}`),
        'once all is as it was',
      ).toEqual([]);
    }
    expect(missed, `seed ${SEED}, ${JSON.stringify(counts)}`).toEqual([]);
    expect(Object.keys(counts)).toHaveLength(6);
    expect(proxy.requests.filter((line) => !line.startsWith('GET '))).toEqual([]);
  }, 300_000);

  /** One change in each object, where the server takes one that it keeps. */
  async function changeMost(random: ReturnType<typeof createRandom>, most: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const [name, object] of applied) {
      if (outcomes.length >= most) break;
      const live = await read(object);
      for (let tries = 0; tries < 12; tries++) {
        const change = seedChange(object, live, ownFields(live), random);
        if (change === undefined) continue;
        const { status, body } = await patch(object, change.patch);
        if (status >= 300) continue;
        // What the server puts back at once is no change.
        const before = stringify({ ...live, metadata: marksOf(live) });
        if (stringify({ ...asObject(body), metadata: marksOf(asObject(body)) }) === before) continue;
        const isTracked = Array.isArray(valueAt(body, ['metadata', 'managedFields']));
        outcomes.push({ name, change, owner: isTracked ? 'other-manager' : undefined });
        break;
      }
    }
    expect(outcomes.length).toBeGreaterThan(0);
    return outcomes;
  }

  /** A line for each change that is not found as it should be, and for each thing found that nobody changed. */
  function judge(report: Report, outcomes: readonly Outcome[]): string[] {
    const wrong: string[] = [];
    const left = new Map((report.drift ?? []).map((entry) => [nameOf({ ...entry.resource, metadata: { ...entry.resource } }), entry]));
    for (const { name, change, owner } of outcomes) {
      const { pointer, emptied } = change;
      const changes = left.get(name)?.changes ?? [];
      left.delete(name);
      const drifts = changes.filter((one) => one.class === 'drift').map(({ path }) => path);
      const foreign = changes.filter((one) => one.class === 'unmanaged' && one.owner?.manager === owner).map(({ path }) => path);
      // Of a structure that the server keeps, empty, it is what was in it.
      const isThere = (path: string): boolean => (pointer.startsWith(path) && path.startsWith(emptied)) || path.startsWith(`${pointer}/`);
      const isFound = change.isForeign
        ? drifts.length === 0 && foreign.includes(pointer) && (owner === undefined || foreign.length === 1)
        : (drifts.length === 1 || (change.what === 'field removed' && drifts.length > 0)) && drifts.every(isThere);
      if (!isFound)
        wrong.push(`${name}: ${change.what} ${stringify(change.patch)}: drift ${drifts.join(' ')}; foreign ${foreign.join(' ')}`);
    }
    for (const [name, { changes }] of left) if (changes.some((one) => one.class === 'drift')) wrong.push(`${name}: nobody changed it`);
    return wrong;
  }

  /** A snapshot says what the cluster said. */
  async function sameOfSnapshot(live: Report): Promise<void> {
    const file = join(scratch, 'shop.snapshot');
    expect((await run('snapshot', '-o', file)).code).toBe(0);
    const before = readFileSync(file, 'utf8');
    await run('snapshot', '-o', file);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { report } = await drift(`snapshot:${file}`);
    expect(report.summary.drift).toEqual(live.summary.drift);
    expect(report.drift).toEqual(live.drift);
    expect(report.findings).toEqual(live.findings);
  }

  test('what is gone is missing, what is not in Git any more is extra where its source is known', async () => {
    const mark = { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' };
    const map = (name: string, labels: JsonObject): JsonObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default', labels },
    });
    const kept = map('kept', mark);
    const gone = map('gone', {});
    for (const object of [kept, map('dropped', mark), map('foreign', {})]) await apply(object);
    const rule: JsonObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'dropped', labels: mark },
      rules: [],
    };
    await apply(rule);
    writeFileSync(join(repository, 'kept.yaml'), stringify(kept));
    writeFileSync(join(repository, 'gone.yaml'), stringify(gone));
    const { code, report } = await drift();
    expect(code).toBe(1);
    expect(
      (report.drift ?? [])
        .filter(({ status }) => status !== 'in-sync')
        .map(({ resource, status }) => `${status} ${resource.kind} ${resource.name}`)
        .sort(),
    ).toEqual(['extra ClusterRole dropped', 'extra ConfigMap dropped', 'missing ConfigMap gone']);
    const scoped = await run('drift', '--actual', 'cluster:', '--prune-scope', 'default', '-f', 'json');
    const extra = (scoped.report.drift ?? []).filter(({ status }) => status === 'extra');
    expect(extra.map(({ resource }) => `${resource.kind} ${resource.name}`)).toContain('ConfigMap foreign');
    expect(extra.map(({ resource }) => resource.name)).not.toContain('kubernetes');
  });

  test('a changed Secret is found on its line, live and in a snapshot, and no value is told', async () => {
    const secret: JsonObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'door', namespace: 'default' },
      stringData: { password: 'hunter2', same: 'hunter3' },
    };
    const file = join(scratch, 'secrets.snapshot');
    writeFileSync(join(repository, 'secret.yaml'), stringify(secret, 2));
    await apply(secret);
    await patch(secret, [{ op: 'replace', path: '/data/password', value: base64('hunter3') }]);
    await run('snapshot', '-o', file, '--kind', 'Secret');
    const texts = [readFileSync(file, 'utf8')];
    for (const actual of ['cluster:', `snapshot:${file}`]) {
      const { report } = await drift(actual);
      texts.push(stringify(report as unknown as JsonObject)); // it came as JSON
      const entry = report.drift?.find(({ resource }) => resource.name === 'door');
      expect(entry?.changes.map(({ path, class: kind, location }) => [path, kind, location?.file, location?.line])).toEqual([
        ['/data/password', 'drift', 'secret.yaml', 9],
      ]);
    }
    for (const text of texts) for (const value of ['hunter', base64('hunter2'), base64('hunter3')]) expect(text).not.toContain(value);
  });

  test('custom resources are compared by the definition that the cluster has', async () => {
    const lock = { type: 'object', properties: { name: { type: 'string' }, turns: { type: 'integer', default: 2 } } };
    const locks = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { ...lock, required: ['name'] },
    };
    const crd: JsonObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'doors.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Door', plural: 'doors' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { locks } } } } },
          },
        ],
      },
    };
    expect(await install(cluster.client, [{ kind: 'CustomResourceDefinition', object: crd }])).toEqual([]);
    endpoints = await cluster.client.discover();
    const door: JsonObject = {
      apiVersion: 'example.com/v1',
      kind: 'Door',
      metadata: { name: 'front', namespace: 'default' },
      spec: { locks: [{ name: 'top' }] },
    };
    expect((await apply(door)).status).toBeLessThan(300);
    writeFileSync(join(repository, 'door.yaml'), stringify(door, 2));
    await patch(door, [{ op: 'add', path: '/spec/locks/-', value: { name: 'bottom' } }]);
    const changesOf = ({ report }: Ran): unknown =>
      report.drift
        ?.find(({ resource }) => resource.name === 'front')
        ?.changes.map(({ path, class: kind, owner }) => [path, kind, owner?.manager]);
    expect(changesOf(await drift())).toEqual([['/spec/locks/1', 'unmanaged', 'other-manager']]);
    const file = join(scratch, 'doors.snapshot');
    await run('snapshot', '-o', file, '--kind', 'doors.example.com');
    expect(changesOf(await drift(`snapshot:${file}`))).toEqual([['/spec/locks/1', 'unmanaged', 'other-manager']]);
  });

  function marksOf(object: JsonObject): JsonObject {
    const { labels, annotations } = asObject(member(object, 'metadata'));
    return { labels: labels ?? {}, annotations: annotations ?? {} };
  }

  function ownFields(live: JsonObject): JsonValue {
    const entries = valueAt(live, ['metadata', 'managedFields']);
    return (
      (isArray(entries) ? entries : [])
        .map((one) => (member(one, 'manager') === 'plumbline' ? member(one, 'fieldsV1') : undefined))
        .find(isObject) ?? {}
    );
  }
});

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
