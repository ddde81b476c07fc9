import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isObject, type JsonObject, type JsonValue, parse, type Report, stringify, valueAt } from '@plumbline/core';
import { bundleCommand } from '../../../scripts/build.mjs';
import type { Answer, Endpoint } from '../src/cluster/client.ts';
import { type RecordingProxy, startRecordingProxy } from '../src/cluster/recording-proxy.ts';
import { type Cluster, startCluster } from '../src/cluster/start.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A Git repository, a real API server, and the bundled command between the two; what the command asks of the server is written down. */
export interface LiveRepository {
  readonly cluster: Cluster;
  readonly folder: string;
  readonly requests: readonly string[];
  write(path: string, text: string): void;
  /** Runs the command in the repository. */
  run(...given: string[]): Promise<Ran>;
  /** `plumbline drift --actual cluster:` as a report. */
  drift(...given: string[]): Promise<Report>;
  /** Asks for an object, or below it: `scale`. Throws where the server refuses. */
  send(
    method: string,
    object: JsonObject,
    query?: string,
    body?: JsonValue,
    type?: keyof typeof TYPES,
    below?: string,
  ): Promise<JsonObject>;
  stop(): Promise<void>;
}

const TYPES = {
  json: 'application/json',
  'json-patch': 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export async function startLiveRepository(binary: string): Promise<LiveRepository> {
  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-live-'));
  const folder = join(scratch, 'repository');
  mkdirSync(join(folder, '.git'), { recursive: true });
  await bundleCommand(join(scratch, 'dist'));
  const cluster = await startCluster(binary);
  const kubeconfig = readFileSync(cluster.kubeconfig, 'utf8');
  const [entry] = (JSON.parse(kubeconfig) as { clusters: { cluster: { server: string } }[] }).clusters; // start.ts made it
  const server = entry?.cluster.server ?? '';
  const proxy: RecordingProxy = await startRecordingProxy(new URL(server));
  writeFileSync(join(scratch, 'kubeconfig'), kubeconfig.replace(server, proxy.url));
  let endpoints: ReadonlyMap<string, Endpoint> = new Map();

  function run(...given: string[]): Promise<Ran> {
    const env = { ...process.env, KUBECONFIG: join(scratch, 'kubeconfig') };
    const command = join(scratch, 'dist/plumbline.cjs');
    const child = spawn(process.execPath, [command, ...given], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (texts.out += String(text)));
    child.stderr.setEncoding('utf8').on('data', (text) => (texts.err += String(text)));
    return new Promise((done) => child.on('close', (code) => done({ code: code ?? -1, ...texts })));
  }

  async function endpointOf(object: JsonObject): Promise<Endpoint> {
    const key = `${String(object.apiVersion)}/${String(object.kind)}`;
    if (!endpoints.has(key)) endpoints = await cluster.client.discover();
    const endpoint = endpoints.get(key);
    if (endpoint === undefined) throw new Error(`nothing serves ${key}`);
    return endpoint;
  }

  return {
    cluster,
    folder,
    requests: proxy.requests,
    run,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    async drift(...given) {
      const { out, err } = await run('drift', ...given, '--actual', 'cluster:', '-f', 'json');
      if (!out.startsWith('{')) throw new Error(err);
      return JSON.parse(out) as Report; // --format json
    },
    async send(method, object, query = '', body = undefined, type = 'json', below = '') {
      const { base, resource, isNamespaced } = await endpointOf(object);
      const [namespace, name] = ['namespace', 'name'].map((key) => String(valueAt(object, ['metadata', key]) ?? 'default'));
      const place = `${base}${isNamespaced ? `/namespaces/${namespace}` : ''}/${resource}`;
      const path = `${place}${method === 'POST' ? '' : `/${name}`}${below === '' ? '' : `/${below}`}?${query}`;
      const answer: Answer = await cluster.client.send(method, path, body === undefined ? undefined : stringify(body), TYPES[type]);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${stringify(answer.body)}`);
      return isObject(answer.body) ? answer.body : {};
    },
    async stop() {
      proxy.close();
      await cluster.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** The object of a YAML text. */
export function objectOf(text: string): JsonObject {
  const [document] = parse({ path: 'x.yaml', bytes: new TextEncoder().encode(text) });
  if (!isObject(document?.value)) throw new Error(`no object: ${text}`);
  return document.value;
}
