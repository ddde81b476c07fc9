import type { Socket } from 'node:net';
import { unreachable } from './cluster-error.ts';
import { type Access, type Environment, textIn } from './kubeconfig.ts';

/** The proxy of a server: the kubeconfig's, else that of HTTPS_PROXY or HTTP_PROXY unless NO_PROXY names the host. */
export function proxyOf({ server, cluster }: Access, environment: Environment): URL | undefined {
  const variable = (name: string): string | undefined => environment[name] ?? environment[name.toLowerCase()];
  const own = textIn(cluster, 'proxy-url');
  const general = server.protocol === 'https:' ? variable('HTTPS_PROXY') : variable('HTTP_PROXY');
  const text = own ?? (isExempt(server, variable('NO_PROXY') ?? '') ? undefined : general);
  if (text === undefined || text === '') return undefined;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw unreachable(`the proxy ${JSON.stringify(text)} is none that is understood: http and https are`);
  return url;
}

/** As Go's: loopback is never proxied; `*`, a host, and a domain with or without its dot. */
function isExempt({ hostname }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return true;
  return list
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one === '*' || (one !== '' && (host === one || host.endsWith(one.startsWith('.') ? one : `.${one}`))));
}

/** A way through a proxy to a host (RFC 9110 9.3.6). */
export function tunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const { request } = process.getBuiltinModule(proxy.protocol === 'https:' ? 'node:https' : 'node:http');
  const name = decodeURIComponent(proxy.username);
  const login =
    name === ''
      ? {}
      : { 'Proxy-Authorization': `Basic ${Buffer.from(`${name}:${decodeURIComponent(proxy.password)}`).toString('base64')}` };
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((done, fail) => {
    const call = request({
      host: proxy.hostname,
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...login },
      agent: false,
    });
    call.on('connect', (answer, socket: Socket) => {
      if (answer.statusCode === 200) done(socket);
      else {
        socket.destroy();
        fail(unreachable(`the proxy ${proxy.host} answers ${answer.statusCode ?? 'nothing'}`));
      }
    });
    call.on('error', fail);
    call.end();
  });
}
