import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '../../../../fixtures/cluster');
const INPUTS = ['main.go', 'go.mod', 'go.sum', 'build.sh'];

/** Where the API server's binary is or will be, or why there can be none. */
export type ClusterBinary = { readonly path: string; readonly isBuilt: boolean } | { readonly missing: string };

/** Looks for a Go toolchain that is new enough and for a binary of the present sources; builds nothing. */
export function findCluster(): ClusterBinary {
  const wanted = /^go 1\.(\d+)/m.exec(readFileSync(join(SOURCE, 'go.mod'), 'utf8'))?.[1] ?? '0';
  const version = goVersion();
  if (version === undefined)
    return { missing: `no Go on the PATH: install Go 1.${wanted} or newer (https://go.dev/dl) to ask a real API server` };
  if (Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0) < Number(wanted))
    return { missing: `${version} is too old: install Go 1.${wanted} or newer (https://go.dev/dl) to ask a real API server` };
  const digest = createHash('sha256').update(version);
  for (const name of INPUTS) digest.update(readFileSync(join(SOURCE, name)));
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const path = join(cache, 'plumbline-cluster', digest.digest('hex').slice(0, 16), 'cluster');
  return { path, isBuilt: existsSync(path) };
}

/** Builds the binary where it is not there yet; throws with the compiler's words where that fails. */
export async function buildCluster(): Promise<string> {
  const found = findCluster();
  if ('missing' in found) throw new Error(found.missing);
  if (found.isBuilt) return found.path;
  const unfinished = `${found.path}.${process.pid}`;
  mkdirSync(dirname(found.path), { recursive: true });
  try {
    await run('bash', [join(SOURCE, 'build.sh'), unfinished]);
    // In one step: two processes may build at once.
    renameSync(unfinished, found.path);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return found.path;
}

function goVersion(): string | undefined {
  try {
    return execFileSync('go', ['env', 'GOVERSION'], { cwd: tmpdir(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

function run(program: string, given: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, given, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`go build ended with exit code ${code}:\n${said}`))));
  });
}
