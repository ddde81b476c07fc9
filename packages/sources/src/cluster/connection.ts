import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { unreachable } from './cluster-error.ts';
import { type Credentials, credentialsOf, pemOf } from './credentials.ts';
import { type Access, type Environment, textIn } from './kubeconfig.ts';
import { proxyOf, tunnel } from './proxy.ts';
import { pauseMs } from './retry.ts';

/** What the server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Reads from one API server. There is no way to write. */
export interface Connection {
  /** GET; asks again where the server is busy or fails. Throws `source-unreadable` where there is no answer at all. */
  get(path: string, accept?: string): Promise<Answer>;
  close(): void;
}

const ATTEMPTS = 5;
const PATIENCE_MS = 60_000;
/** Connections at once. */
const SOCKETS = 6;

export async function connect(access: Access, environment: Environment): Promise<Connection> {
  let credentials = await credentialsOf(access, environment);
  let agent = agentOf(access, credentials, environment);

  async function get(path: string, accept = 'application/json'): Promise<Answer> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await send(access, agent, credentials, path, accept).catch((error: unknown) => error as NodeJS.ErrnoException); // a request fails with nothing else
      if ('status' in outcome) {
        if (outcome.status === 401 && credentials.renews && !renewed) {
          renewed = true;
          credentials = await credentialsOf(access, environment);
          agent.destroy();
          agent = agentOf(access, credentials, environment);
          continue;
        }
        if (!isBusy(outcome.status) || attempt === ATTEMPTS) return outcome;
        await sleep(pauseMs(attempt, outcome.retryAfter));
      } else {
        if (!isPassing(outcome) || attempt === ATTEMPTS)
          throw unreachable(`${access.server.host} cannot be reached: ${outcome.message || outcome.code || 'no answer'}`, outcome);
        await sleep(pauseMs(attempt, undefined));
      }
    }
  }

  return { get, close: () => agent.destroy() };
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Whether a connection failed in a way that may pass by itself. */
function isPassing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT' || code === 'EAI_AGAIN';
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

interface RawAnswer extends Answer {
  readonly retryAfter: string | undefined;
}

function send(access: Access, agent: Agent, credentials: Credentials, path: string, accept: string): Promise<RawAnswer> {
  const { server, cluster } = access;
  const { request } = process.getBuiltinModule(server.protocol === 'https:' ? 'node:https' : 'node:http');
  const options: RequestOptions = {
    agent,
    method: 'GET',
    host: hostOf(server),
    port: portOf(server),
    // A server may stand below a path of its host.
    path: `${server.pathname.replace(/\/$/, '')}${path}`,
    timeout: PATIENCE_MS,
    headers: {
      accept,
      'user-agent': 'plumbline',
      ...(cluster['disable-compression'] === true ? {} : { 'accept-encoding': 'gzip' }),
      ...Object.fromEntries(
        Object.entries(credentials.headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
      ),
    },
  };
  return new Promise((done, fail) => {
    const call = request(options, (message) => {
      readBody(message).then((text) => done({ status: message.statusCode ?? 0, text, retryAfter: message.headers['retry-after'] }), fail);
    });
    call.on('timeout', () => call.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })));
    call.on('error', fail);
    call.end();
  });
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer); // no encoding is set
  const bytes = Buffer.concat(chunks);
  if (message.headers['content-encoding'] !== 'gzip') return bytes.toString('utf8');
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  return gunzipSync(bytes).toString('utf8');
}

function agentOf(access: Access, { cert, key }: Credentials, environment: Environment): Agent {
  const { server, cluster } = access;
  const proxy = proxyOf(access, environment);
  const keep = { keepAlive: true, maxSockets: SOCKETS };
  if (server.protocol === 'http:') {
    const http = process.getBuiltinModule('node:http');
    return proxy === undefined ? new http.Agent(keep) : through(proxy, server, (socket) => socket, new http.Agent(keep));
  }
  const { Agent: SecureAgent } = process.getBuiltinModule('node:https');
  const ca = pemOf(cluster, 'certificate-authority');
  const servername = textIn(cluster, 'tls-server-name');
  const security: AgentOptions = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(servername === undefined ? {} : { servername }),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
  };
  const agent = new SecureAgent({ ...keep, ...security });
  if (proxy === undefined) return agent;
  const tls = process.getBuiltinModule('node:tls');
  const host = hostOf(server);
  // An address has no server name.
  const named = servername ?? (process.getBuiltinModule('node:net').isIP(host) === 0 ? host : undefined);
  return through(
    proxy,
    server,
    (socket) => tls.connect({ ...security, socket, host, ...(named === undefined ? {} : { servername: named }) }),
    agent,
  );
}

/** The agent, with connections made through a proxy. */
function through(proxy: URL, server: URL, wrap: (socket: Duplex) => Duplex, agent: Agent): Agent {
  agent.createConnection = (_options, done) => {
    tunnel(proxy, hostOf(server), portOf(server)).then(
      (socket) => done?.(null, wrap(socket)),
      (error: Error) => done?.(error, undefined as never), // as node:http itself does
    );
    return undefined;
  };
  return agent;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
