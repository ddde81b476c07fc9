import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';

// The built command against a server that answers as an API server does.

const kind = (name: string, plural: string): object => ({
  resource: plural,
  responseKind: { kind: name },
  scope: 'Namespaced',
  verbs: ['list', 'delete'],
});
const group = (name: string, ...resources: object[]): object => ({ metadata: { name }, versions: [{ version: 'v1', resources }] });
const list = (...items: object[]): object => ({ items });
const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps' };
const object = (name: string, rest: object): object => ({ metadata: { name, namespace: 'shop', uid: `uid-${name}`, labels }, ...rest });

const ANSWERS: Readonly<Record<string, object>> = {
  '/version': { gitVersion: 'v1.99.0' },
  '/api': {
    kind: 'APIGroupDiscoveryList',
    items: [group('', kind('ConfigMap', 'configmaps'), kind('Secret', 'secrets'), kind('Service', 'services'))],
  },
  '/apis': { kind: 'APIGroupDiscoveryList', items: [] },
  '/api/v1/namespaces/shop/configmaps': list(object('settings', { data: { a: '2' } })),
  '/api/v1/configmaps': list(object('settings', { data: { a: '2' } }), object('dropped', {})),
  '/api/v1/namespaces/shop/secrets': list(object('door', { type: 'Opaque', data: { key: 'aHVudGVyMg==' } })),
  '/api/v1/secrets': list(object('door', { type: 'Opaque', data: { key: 'aHVudGVyMg==' } })),
};
const MANIFESTS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop, labels: {kustomize.toolkit.fluxcd.io/name: apps}}
data:
  a: "1"
---
apiVersion: v1
kind: Secret
metadata: {name: door, namespace: shop, labels: {kustomize.toolkit.fluxcd.io/name: apps}}
stringData:
  key: hunter2
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{port: 80}]}
`;

let home = '';
let server: Server;
let methods: Set<string | undefined>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-snapshot-'));
  await bundleCommand(join(home, 'dist'));
  mkdirSync(join(home, 'repository/.git'), { recursive: true });
  writeFileSync(join(home, 'repository/all.yaml'), MANIFESTS);
  methods = new Set();
  server = createServer((request, answer) => {
    methods.add(request.method);
    const found = ANSWERS[new URL(request.url ?? '', 'http://x').pathname];
    if (found === undefined) answer.writeHead(403).end('{"kind":"Status","message":"services is forbidden"}');
    else answer.end(JSON.stringify(found));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const cluster = `{server: "http://127.0.0.1:${port}"}`;
  writeFileSync(join(home, 'config'), `contexts: [{name: live, context: {cluster: c}}]\nclusters: [{name: c, cluster: ${cluster}}]\n`);
}, 60_000);
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

function run(...given: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, KUBECONFIG: join(home, 'config') };
  const child = spawn(process.execPath, [join(home, 'dist/plumbline.cjs'), ...given], { cwd: join(home, 'repository'), env });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (text) => (texts.out += String(text)));
  child.stderr.on('data', (text) => (texts.err += String(text)));
  return new Promise((done) => child.on('close', (code) => done({ code, ...texts })));
}

const EXPECTED = {
  drift: { inSync: 1, missing: 0, changed: 1, extra: 1, notEvaluated: 1 },
  findings: ['drift/changed settings', 'drift/extra dropped'],
};
async function compared(actual: string): Promise<unknown> {
  const { out, err, code } = await run('drift', '--actual', actual, '-f', 'json');
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^plumbline: the server is v1\.99\.0, whose types are not known: it is compared by those of 1\.\d+\n$/),
  ]);
  expect(out).not.toMatch(/hunter2|aHVudGVyMg/);
  const { summary, findings, notEvaluated } = JSON.parse(out) as {
    summary: { drift: unknown };
    findings: { rule: string; resource: { name: string } }[];
    notEvaluated: { rule: string; reason: string; examples: { name: string }[] }[];
  };
  const reasons = notEvaluated.map(({ rule, reason }) => `${rule} ${reason}`);
  expect(reasons).toEqual([
    'drift/changed the kind may not be listed (403): services is forbidden',
    'drift/extra v1/Service: the kind may not be listed (403): services is forbidden',
  ]);
  return { drift: summary.drift, findings: findings.map(({ rule, resource }) => `${rule} ${resource.name}`).sort() };
}

test('a cluster and a snapshot of it compare alike; Secrets by their hashes', async () => {
  expect(await compared('cluster:live')).toEqual(EXPECTED);
  const file = join(home, 'live.snapshot');
  expect(await run('snapshot', 'cluster:live', '-o', file)).toEqual({
    code: 1,
    out: '',
    err: `plumbline: 3 objects of cluster:live, v1.99.0, are in ${file}\nplumbline: without services: the kind may not be listed (403): services is forbidden\n`,
  });
  expect(readFileSync(file, 'utf8')).not.toMatch(/hunter2|aHVudGVyMg/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await run('snapshot', 'cluster:live')).out).toBe(readFileSync(file, 'utf8'));
  expect(await compared(`snapshot:${file}`)).toEqual(EXPECTED);
  expect([...methods]).toEqual(['GET']);
});

test.each([
  [['snapshot', 'live', '-o', 'never'], 'plumbline snapshot takes one cluster'],
  [['snapshot', 'cluster:other', '-o', 'never'], 'there is no context "other"'],
  [['snapshot', 'cluster:live', '--kind', 'Srvice', '-o', 'never'], 'did you mean Service?'],
  [['check', 'cluster:live'], 'cluster:live is what there is, not what is written: plumbline drift --actual cluster:live'],
  [['drift', '--actual', 'snapshot:absent'], 'there is no snapshot absent'],
])('%j is a usage error', async (given, message) => {
  const { code, err } = await run(...given);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  expect(existsSync(join(home, 'repository/never'))).toBe(false);
});
