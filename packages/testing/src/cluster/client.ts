import { Agent, request } from 'node:https';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';

/** What the server answered. */
export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
  /** The texts of its Warning headers. */
  readonly warnings: readonly string[];
}

/** Where objects of a kind are created. */
export interface Endpoint {
  /** `/apis/apps/v1` */
  readonly base: string;
  /** `deployments` */
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly canCreate: boolean;
}

export interface Client {
  send(method: string, path: string, body?: string, type?: string): Promise<Answer>;
  /** `apps/v1/Deployment` → where its objects live; asks the server each time. */
  discover(): Promise<ReadonlyMap<string, Endpoint>>;
}

/** A client of one cluster of the loopback, as its kubeconfig (JSON) says; certificates are not verified. */
export function createClient(kubeconfig: string): Client {
  const config = JSON.parse(kubeconfig) as JsonValue;
  const server = new URL(textAt(config, 'clusters', 'cluster', 'server'));
  const token = textAt(config, 'users', 'user', 'token');
  const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });

  function send(method: string, path: string, body?: string, type = 'application/yaml'): Promise<Answer> {
    const headers: Record<string, string | number> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (body !== undefined) Object.assign(headers, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    return new Promise((resolve, reject) => {
      const call = request({ agent, host: server.hostname, port: server.port, method, path, headers }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('error', reject);
        message.on('end', () =>
          resolve({
            status: message.statusCode ?? 0,
            body: jsonOf(Buffer.concat(chunks).toString('utf8')),
            warnings: warningsOf(message.rawHeaders),
          }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  async function discover(): Promise<ReadonlyMap<string, Endpoint>> {
    const groups = itemsOf((await send('GET', '/apis')).body, 'groups');
    const versions = ['v1', ...groups.flatMap((group) => itemsOf(group, 'versions').map((one) => String(one.groupVersion)))];
    const found = new Map<string, Endpoint>();
    for (const version of versions) {
      const base = version === 'v1' ? '/api/v1' : `/apis/${version}`;
      for (const { name, kind, namespaced, verbs } of itemsOf((await send('GET', base)).body, 'resources')) {
        const key = `${version}/${String(kind)}`;
        if (typeof name !== 'string' || name.includes('/') || found.has(key)) continue;
        found.set(key, { base, resource: name, isNamespaced: namespaced === true, canCreate: isArray(verbs) && verbs.includes('create') });
      }
    }
    return found;
  }

  return { send, discover };
}

function itemsOf(value: JsonValue, key: string): readonly JsonObject[] {
  const list = member(value, key);
  return isArray(list) ? list.filter(isObject) : [];
}

function textAt(config: JsonValue, list: string, key: string, name: string): string {
  const value = member(member(itemsOf(config, list)[0], key), name);
  if (typeof value !== 'string') throw new Error(`the kubeconfig has no ${list}[0].${key}.${name}`);
  return value;
}

function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue; // JSON.parse gives nothing else
  } catch {
    return { message: text };
  }
}

function warningsOf(headers: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (headers[at]?.toLowerCase() === 'warning') found.push((headers[at + 1] ?? '').replace(/^299 \S+ "(.*)"$/s, '$1'));
  return found;
}
