import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { JsonValue, Resource } from '@plumbline/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSnapshot } from '../snapshot/read-snapshot.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import { openCluster } from './cluster.ts';
import { readCounterparts } from './counterparts.ts';
import { type Live, liveResource, liveUnit } from './live.ts';
import { readOwned } from './owned.ts';

type Reply = JsonValue | ((request: IncomingMessage, answer: ServerResponse, asked: number) => void);

const resources = (group: string, version: string, ...names: string[]): JsonValue => ({
  metadata: { name: group },
  versions: [
    {
      version,
      resources: names.map((name) => {
        const [kind = '', plural = '', scope = 'Namespaced', verbs = 'get,list,delete'] = name.split(' ');
        return { resource: plural, responseKind: { kind }, scope, verbs: verbs.split(',') };
      }),
    },
  ],
});
const groups = (...items: JsonValue[]): JsonValue => ({ kind: 'APIGroupDiscoveryList', items });
const items = (...names: string[]): JsonValue => ({ items: names.map((name) => object(name)) });
function object(name: string): JsonValue {
  const [own = '', namespace] = name.split('@').reverse();
  return { metadata: { name: own, uid: `uid-${name}`, ...(namespace === undefined ? {} : { namespace }) } };
}
const status =
  (code: number, message: string, headers: Record<string, string> = {}): Reply =>
  (_request, answer) =>
    answer.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', message }));

const BASE: Record<string, Reply> = {
  '/version': { gitVersion: 'v1.37.2' },
  '/api': groups(
    resources(
      '',
      'v1',
      'ConfigMap configmaps',
      'Namespace namespaces Cluster',
      'Secret secrets',
      'Event events',
      'Binding bindings Namespaced create',
    ),
  ),
  '/apis': groups(
    resources('apps', 'v1', 'Deployment deployments'),
    resources('example.com', 'v1', 'Shop shops'),
    { metadata: { name: 'down.example.com' }, versions: [{ version: 'v1', freshness: 'Stale' }] },
    resources('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition customresourcedefinitions Cluster'),
  ),
};

let server: Server;
let folder: string;
let environment: { KUBECONFIG: string };
let replies: Record<string, Reply>;
/** `METHOD path?query` of each request. */
let asked: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-cluster-'));
  server = createServer((request, answer) => {
    const url = new URL(request.url ?? '', 'http://x');
    const line = `${request.method} ${request.url}`;
    asked.push(line);
    const reply = replies[request.url ?? ''] ?? replies[url.pathname];
    if (typeof reply === 'function') reply(request, answer, asked.filter((one) => one === line).length);
    else if (reply === undefined) answer.writeHead(404).end('{"kind":"Status","message":"not found"}');
    else answer.end(JSON.stringify(reply));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on a port
  environment = { KUBECONFIG: join(folder, 'config') };
  writeFileSync(
    environment.KUBECONFIG,
    `current-context: c\ncontexts: [{name: c, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: "http://127.0.0.1:${port}"}}]\nusers: [{name: u, user: {token: t}}]\n`,
  );
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  replies = { ...BASE };
  asked = [];
});

const open = (): Promise<Live> => openCluster('cluster:', environment);

function desired(...names: string[]): Resource[] {
  return names.map((text) => {
    const [apiVersion = '', kind = '', where = ''] = text.split(' ');
    const [name = '', namespace] = where.split('@').reverse();
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    return liveResource(
      { metadata: { name, ...(namespace === undefined ? {} : { namespace }) } },
      { group, version, kind },
      liveUnit('git'),
    );
  });
}
const found = (list: readonly Resource[]): string[] => list.map(({ document }) => document.file.path);
const lists = (): string[] => asked.filter((line) => !/GET \/(?:version|apis?|apis\/[^/]+\/v1)$/.test(line));

describe('what is read', () => {
  test('the kinds of the desired side, in its namespaces, with what a list leaves out', async () => {
    replies['/apis/apps/v1/namespaces/shop/deployments'] = items('shop@web', 'shop@other');
    replies['/api/v1/namespaces'] = items('shop');
    const live = await open();
    const { resources: all } = await readCounterparts(live, desired('apps/v1 Deployment shop@web', 'v1 Namespace shop'));
    live.close();
    expect(live).toMatchObject({ source: 'cluster:c', version: 'v1.37.2' });
    expect(found(all)).toEqual([
      'cluster:c/v1/Namespace/shop',
      'cluster:c/apps/v1/Deployment/shop/web',
      'cluster:c/apps/v1/Deployment/shop/other',
    ]);
    expect(all[0]?.object).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'uid-shop' } });
    expect(lists()).toEqual(['GET /api/v1/namespaces?limit=500', 'GET /apis/apps/v1/namespaces/shop/deployments?limit=500']);
  });

  test('all pages; from the start where one grew too old', async () => {
    const path = '/api/v1/namespaces/a/configmaps';
    replies[`${path}?limit=500`] = { metadata: { continue: 'x/y' }, items: [object('a@one')] };
    replies[`${path}?limit=500&continue=x%2Fy`] = items('a@two');
    const live = await open();
    expect(found((await readCounterparts(live, desired('v1 ConfigMap a@one'))).resources)).toHaveLength(2);
    replies[`${path}?limit=500&continue=x%2Fy`] = status(410, 'gone');
    replies[path] = items('a@one', 'a@two', 'a@three');
    expect(found((await readCounterparts(live, desired('v1 ConfigMap a@one'))).resources)).toHaveLength(3);
    live.close();
  });

  test('whole numbers are exact, and gzip is read', async () => {
    replies['/api/v1/namespaces/a/configmaps'] = (_request, answer) =>
      answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"items":[{"metadata":{"name":"x"},"n":12345678901234567890}]}'));
    const live = await open();
    expect((await readCounterparts(live, desired('v1 ConfigMap a@x'))).resources[0]?.object.n).toBe(12345678901234567890n);
    live.close();
  });

  test('many namespaces are read at once, or one by one where that is not allowed', async () => {
    const five = desired(...['a', 'b', 'c', 'd', 'e'].map((name) => `v1 ConfigMap ${name}@x`));
    replies['/api/v1/configmaps'] = items('a@x');
    const live = await open();
    await readCounterparts(live, five);
    expect(lists()).toEqual(['GET /api/v1/configmaps?limit=500']);
    replies['/api/v1/configmaps'] = status(403, 'no');
    for (const name of ['a', 'b', 'c', 'd']) replies[`/api/v1/namespaces/${name}/configmaps`] = items(`${name}@x`);
    replies['/api/v1/namespaces/e/configmaps'] = status(403, 'configmaps is forbidden');
    const { resources: all, unreadOf } = await readCounterparts(live, five);
    live.close();
    expect(all).toHaveLength(4);
    expect(five.map(unreadOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'the kind may not be listed (403): configmaps is forbidden',
    ]);
  });

  test('what cannot be looked up is told from what is not there', async () => {
    replies['/api/v1/namespaces/a/secrets'] = status(404, 'gone away');
    const live = await open();
    const all = desired('v1 Secret a@x', 'down.example.com/v1 Thing a@x', 'v1 Binding a@x', 'absent.example.com/v1 Thing a@x');
    const { unreadOf } = await readCounterparts(live, all);
    live.close();
    expect(all.map(unreadOf)).toEqual([
      'the server answers the list with 404: gone away',
      'its server does not answer',
      'objects of the kind cannot be listed',
      undefined,
    ]);
  });

  test('a kind in two versions is read in the one that is written', async () => {
    replies['/apis'] = groups({
      metadata: { name: 'apps' },
      versions: ['v2', 'v1'].map((version) => ({
        version,
        resources: [{ resource: 'deployments', responseKind: { kind: 'Deployment' }, scope: 'Namespaced', verbs: ['list'] }],
      })),
    });
    for (const version of ['v1', 'v2']) replies[`/apis/apps/${version}/namespaces/a/deployments`] = items('a@one', 'a@two', 'a@three');
    const live = await open();
    const both = await readCounterparts(live, desired('apps/v1 Deployment a@one', 'apps/v2 Deployment a@two'));
    expect(found(both.resources).sort()).toEqual([
      'cluster:c/apps/v1/Deployment/a/one',
      'cluster:c/apps/v1/Deployment/a/three',
      'cluster:c/apps/v2/Deployment/a/two',
    ]);
    expect(found((await readCounterparts(live, desired('apps/v3 Deployment a@one'))).resources)[0]).toBe(
      'cluster:c/apps/v2/Deployment/a/one',
    );
    live.close();
  });

  test('an older server is asked group by group', async () => {
    replies['/api'] = { versions: ['v1'] };
    replies['/api/v1'] = {
      resources: [
        { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['list'] },
        { name: 'configmaps/status', kind: 'ConfigMap', namespaced: true, verbs: ['get'] },
      ],
    };
    replies['/apis'] = { groups: [{ versions: [{ groupVersion: 'down.example.com/v1' }] }] };
    replies['/apis/down.example.com/v1'] = status(404, 'no');
    const live = await open();
    live.close();
    expect(live.kinds).toEqual([
      { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', isNamespaced: true, verbs: ['list'] },
    ]);
    expect([...live.unreadVersions]).toEqual([['down.example.com/v1', 'the server answers 404: no']]);
  });

  test('what sources own, by their labels or in a namespace, without what controllers make', async () => {
    const pod = (name: string, controller: boolean): JsonValue => ({
      metadata: { name, namespace: 'a', ownerReferences: [{ controller }] },
    });
    replies['/api'] = groups(resources('', 'v1', 'Pod pods', 'Namespace namespaces Cluster', 'Event events'));
    replies['/apis'] = groups();
    replies['/api/v1/pods'] = { items: [pod('made', true), pod('own', false)] };
    replies['/api/v1/namespaces'] = items('a');
    replies['/api/v1/namespaces/a/pods'] = status(403, 'no');
    const live = await open();
    expect(found((await readOwned(live, [{ labelSelector: 'x/name=y,x/ns=z' }])).resources)).toEqual([
      'cluster:c/v1/Pod/a/own',
      'cluster:c/v1/Namespace/a',
    ]);
    expect(lists()).toEqual([
      'GET /api/v1/pods?limit=500&labelSelector=x%2Fname%3Dy%2Cx%2Fns%3Dz',
      'GET /api/v1/namespaces?limit=500&labelSelector=x%2Fname%3Dy%2Cx%2Fns%3Dz',
    ]);
    const inA = await readOwned(live, [{ namespace: 'a' }]);
    live.close();
    expect([...inA.unread].map(([{ kind }, reason]) => `${kind} ${reason}`)).toEqual(['Pod the kind may not be listed (403): no']);
  });
});

describe('a server that does not answer at once', () => {
  test('is asked again, when it says', async () => {
    replies['/version'] = (_request, answer, times) =>
      times < 3 ? answer.writeHead(times === 1 ? 429 : 503, { 'retry-after': '0' }).end('{}') : answer.end('{"gitVersion":"v1"}');
    const live = await open();
    live.close();
    expect(asked.filter((line) => line === 'GET /version')).toHaveLength(3);
  });

  test('and goes on like that is an error', async () => {
    replies['/version'] = status(503, 'starting', { 'retry-after': '0' });
    await expect(open()).rejects.toThrow('the server answers GET /version with 503: starting');
    expect(asked).toHaveLength(5);
  });

  test('where a connection breaks', async () => {
    replies['/version'] = (request, answer, times) => (times === 1 ? request.socket.destroy() : answer.end('{"gitVersion":"v1"}'));
    const live = await open();
    live.close();
    expect(live.version).toBe('v1');
  });

  test.each<[string, Reply, string]>([
    [
      'who asks is not known',
      status(401, 'Unauthorized'),
      'the server does not know who asks (401): Unauthorized: are the credentials still good?',
    ],
    ['it is no API server', (_request, answer) => answer.end('<html>'), 'is it an API server?'],
  ])('%s', async (_name, reply, message) => {
    replies['/version'] = reply;
    await expect(open()).rejects.toThrow(message);
  });

  test('where nobody listens', async () => {
    const path = join(folder, 'closed');
    writeFileSync(
      path,
      'current-context: c\ncontexts: [{name: c, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]\n',
    );
    await expect(openCluster('cluster:', { KUBECONFIG: path })).rejects.toThrow('127.0.0.1:1 cannot be reached');
  });
});

describe('a snapshot', () => {
  const secret = {
    metadata: {
      name: 's',
      namespace: 'a',
      uid: 'u',
      annotations: {
        token: 'hunter2',
        'argocd.argoproj.io/tracking-id': 'app:/Secret:a/s',
        'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"aHVudGVyMg=="}}',
      },
    },
    data: { p: 'aHVudGVyMg==', q: 'aHVudGVyMg==', r: 'b3RoZXI=' },
  };
  const definition = { metadata: { name: 'shops.example.com' }, spec: { group: 'example.com' } };

  beforeEach(() => {
    replies['/api/v1/secrets'] = { items: [secret] };
    replies['/api/v1/configmaps'] = items('b@two', 'a@one');
    replies['/api/v1/namespaces'] = items('kube-system', 'a');
    replies['/apis/apps/v1/deployments'] = status(403, 'no deployments');
    replies['/apis/example.com/v1/shops'] = items('a@shop');
    replies['/apis/apiextensions.k8s.io/v1/customresourcedefinitions'] = items();
    replies['/apis/apiextensions.k8s.io/v1/customresourcedefinitions/shops.example.com'] = definition;
  });

  const take = async (options: { key?: string; kinds?: string[]; namespaces?: string[] } = {}): Promise<string> => {
    const live = await open();
    const { lines } = await takeSnapshot(live, { ...options, isBuiltinGroup: (group) => group !== 'example.com' });
    live.close();
    return [...lines].join('');
  };
  const reopen = (text: string, key?: string): ReturnType<typeof openSnapshot> => {
    writeFileSync(join(folder, 's'), text);
    return openSnapshot(`snapshot:${join(folder, 's')}`, key === undefined ? {} : { PLUMBLINE_SNAPSHOT_KEY: key });
  };

  test('gives what the cluster gave, the same bytes each time', async () => {
    const text = await take();
    expect(await take()).toBe(text);
    const snapshot = reopen(text);
    expect(snapshot.version).toBe('v1.37.2');
    const all = desired(
      'v1 ConfigMap a@one',
      'example.com/v1 Shop a@shop',
      'apps/v1 Deployment a@web',
      'down.example.com/v1 T a@x',
      'v1 Event a@e',
    );
    const { resources: read, unreadOf, kinds } = await readCounterparts(snapshot, all);
    expect(read.map(({ gvk, namespace, name }) => `${gvk.kind} ${namespace}/${name}`)).toEqual(['ConfigMap a/one', 'Shop a/shop']);
    expect(all.map(unreadOf)).toEqual([
      undefined,
      undefined,
      'the kind may not be listed (403): no deployments',
      'its server does not answer',
      'the snapshot does not hold the kind',
    ]);
    expect((await snapshot.definitions(kinds.filter(({ group }) => group === 'example.com'))).map(({ object: one }) => one)).toEqual([
      definition,
    ]);
  });

  test('tells no value of a Secret, and which are equal', async () => {
    const text = await take();
    for (const value of ['hunter2', 'aHVudGVyMg', 'b3RoZXI', 'other']) expect(text).not.toContain(value);
    const snapshot = reopen(text);
    const [one] = (await snapshot.read([{ kind: kindOf(snapshot, 'Secret') }])).resources;
    const { data, metadata } = (one?.object ?? {}) as unknown as typeof secret; // read above
    expect([data.p === data.q, data.p === data.r]).toEqual([true, false]);
    expect(Buffer.from(data.p, 'base64').toString()).toBe(snapshot.hash(Buffer.from('hunter2')));
    expect(metadata.annotations['argocd.argoproj.io/tracking-id']).toBe('app:/Secret:a/s');
    expect(JSON.parse(metadata.annotations['kubectl.kubernetes.io/last-applied-configuration'])).toMatchObject({ data: { p: data.p } });
  });

  test('of a key of its own is read with that', async () => {
    const text = await take({ key: 'k' });
    expect(() => reopen(text)).toThrow('give the same one in PLUMBLINE_SNAPSHOT_KEY');
    expect(() => reopen(text, 'other')).toThrow('give the same one');
    expect(reopen(text, 'k').hash(Buffer.from('x'))).not.toBe(reopen(await take()).hash(Buffer.from('x')));
  });

  test('of a part holds that part, and says so of the rest', async () => {
    replies['/api/v1/namespaces/a/configmaps'] = items('a@one');
    const snapshot = reopen(await take({ kinds: ['configmap'], namespaces: ['a'] }));
    const all = desired('v1 ConfigMap a@one', 'v1 ConfigMap b@two', 'v1 Secret a@s');
    const { resources: read, unreadOf } = await readCounterparts(snapshot, all);
    expect(read.map(({ name }) => name)).toEqual(['one']);
    expect(all.map(unreadOf)).toEqual([undefined, 'the snapshot does not hold the namespace', 'the snapshot does not hold the kind']);
    await expect(take({ kinds: ['Deploymnt'] })).rejects.toThrow('the server has no kind "Deploymnt"; did you mean Deployment?');
  });

  test.each([
    ['', 'it is empty'],
    ['{"items":[]}\n', 'the first line is not that of a snapshot'],
    ['nonsense', 'a line is no JSON'],
  ])('%j is none', (text, message) => {
    expect(() => reopen(text)).toThrow(message);
  });

  function kindOf(live: Live, name: string): Live['kinds'][number] {
    const kind = live.kinds.find((one) => one.kind === name);
    if (kind === undefined) throw new Error(`no ${name}`);
    return kind;
  }
});
