import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from './client.ts';

/** A kube-apiserver of the loopback, and how to end it. */
export interface Cluster {
  readonly client: Client;
  readonly kubeconfig: string;
  /** `v1.37.2` */
  readonly version: string;
  stop(): Promise<void>;
}

const PATIENCE_S = 120;

/** Starts a server; `flags` go to kube-apiserver. Throws with what it printed where it does not come up. */
export async function startCluster(binary: string, flags: readonly string[] = []): Promise<Cluster> {
  // A short path: names of unix sockets are limited to 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'k8s-'));
  const child = spawn(binary, ['-dir', folder, '--', ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  };
  const line = await firstLine(child.stdout, ended);
  if (line === undefined) {
    child.kill('SIGKILL');
    await stop();
    throw new Error(`kube-apiserver did not start:\n${said}`);
  }
  const { kubeconfig, version } = JSON.parse(line) as { kubeconfig: string; version: string }; // main.go prints it
  return { client: createClient(readFileSync(kubeconfig, 'utf8')), kubeconfig, version, stop };
}

function firstLine(stream: NodeJS.ReadableStream, ended: Promise<void>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_S * 1000);
    const done = (line: string | undefined): void => {
      clearTimeout(timer);
      resolve(line);
    };
    let text = '';
    stream.setEncoding('utf8').on('data', (more) => {
      text += String(more);
      const end = text.indexOf('\n');
      if (end >= 0) done(text.slice(0, end));
    });
    void ended.then(() => done(undefined));
  });
}
