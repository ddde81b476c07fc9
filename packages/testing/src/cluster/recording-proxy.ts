import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Stands before an API server of the loopback and writes down what is asked of it. */
export interface RecordingProxy {
  readonly url: string;
  /** `METHOD /path?query`, in order. */
  readonly requests: string[];
  close(): void;
}

export async function startRecordingProxy(server: URL): Promise<RecordingProxy> {
  const requests: string[] = [];
  const proxy = createServer((asked, answer) => {
    requests.push(`${asked.method} ${asked.url}`);
    const { method, url: path, headers } = asked;
    const call = request({ host: server.hostname, port: server.port, rejectUnauthorized: false, method, path, headers }, (message) => {
      answer.writeHead(message.statusCode ?? 502, message.rawHeaders);
      message.pipe(answer);
    });
    call.on('error', () => answer.destroy());
    asked.pipe(call);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const { port } = proxy.address() as AddressInfo; // it listens on a port
  return { url: `http://127.0.0.1:${port}`, requests, close: () => proxy.close() };
}
