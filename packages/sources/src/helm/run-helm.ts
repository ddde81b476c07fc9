import { join } from 'node:path';

/** What a run of Helm gave: what it printed, its complaint, or why it came to no end of its own. */
export type HelmRun = { readonly printed: string } | { readonly complaint: string } | { readonly stopped: string };

export interface HelmLimits {
  readonly timeoutMs: number;
  readonly outputBytes: number;
  /** Of address space. */
  readonly memoryKiB: number;
}

export const HELM_LIMITS: HelmLimits = { timeoutMs: 20_000, outputBytes: 32 * 1024 * 1024, memoryKiB: 4 * 1024 * 1024 };

/**
 * Runs `helm template` without network, plugins, configuration and cache of the user: all its folders are below `home`. A chart may do
 * nothing but read its own files and print.
 */
export function runHelm(program: string, given: readonly string[], home: string, limits: HelmLimits = HELM_LIMITS): HelmRun {
  // Loaded when it is needed: it costs milliseconds at the start of every run.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const isPosix = process.platform !== 'win32';
  // A template may ask for any amount of memory; the shell sets the limit and becomes Helm.
  const [command, before] = isPosix
    ? ['/bin/sh', ['-c', `ulimit -v ${limits.memoryKiB} 2>/dev/null; exec "$0" "$@"`, program]]
    : [program, []];
  const ran = spawnSync(command, [...before, 'template', ...given], {
    cwd: home,
    env: environmentIn(home),
    timeout: limits.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: limits.outputBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const code = ran.error === undefined ? undefined : (ran.error as NodeJS.ErrnoException).code;
  if (code === 'ETIMEDOUT') return { stopped: `helm template took longer than ${limits.timeoutMs / 1000} s` };
  if (code === 'ENOBUFS') return { stopped: `helm template printed more than ${limits.outputBytes / 1024 / 1024} MiB` };
  if (ran.error !== undefined) return { stopped: `helm could not be run (${ran.error.message})` };
  if (ran.status === 0) return { printed: ran.stdout };
  if (/^fatal error: |out of memory|cannot allocate memory/m.test(ran.stderr)) return { stopped: 'helm template needs too much memory' };
  return ran.status === null ? { stopped: `helm template was ended by ${ran.signal}` } : { complaint: ran.stderr };
}

/** A proxy that nobody answers on, for what would look for a network all the same. */
const NOWHERE = 'http://127.0.0.1:9';

function environmentIn(home: string): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: home,
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    HELM_PLUGINS: join(home, 'plugins'),
    HELM_NO_PLUGINS: '1',
    KUBECONFIG: join(home, 'kubeconfig'),
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    ALL_PROXY: NOWHERE,
    GOMAXPROCS: '2',
  };
}
