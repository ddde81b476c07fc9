import { ConfigError } from '@plumbline/core';

/**
 * Runs `git` in a repository that may be anybody's, and gives what it prints; or its first line of complaint. No program that the
 * repository's own configuration names is run: no fsmonitor, no filter, nothing in submodules. Throws `source-unreadable` without Git.
 */
export function git(root: string, args: readonly string[], input?: string): Buffer | string {
  // Loaded when it is needed: it costs milliseconds at the start of every run.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const run = (given: readonly string[], env: Readonly<Record<string, string>>) =>
    spawnSync('git', ['-C', root, '-c', 'core.fsmonitor=false', ...given], {
      ...(input === undefined ? {} : { input }),
      maxBuffer: 1024 * 1024 * 1024,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...env },
    });
  const ran = run(args, comparesContent(args) ? withoutFilters(run(LIST_FILTERS, {}).stdout) : {});
  if (ran.error !== undefined)
    throw new ConfigError('source-unreadable', `git could not be run (${ran.error.message})`, { cause: ran.error });
  return ran.status === 0 ? ran.stdout : (ran.stderr.toString('utf8').split('\n')[0] ?? '');
}

const LIST_FILTERS = ['config', '--show-scope', '-z', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|process|required)$'];

/** Whether Git may read files of the working tree to tell whether they changed: through filters. */
function comparesContent([verb]: readonly string[]): boolean {
  return verb === 'status' || verb === 'diff-files' || verb === 'diff-index';
}

/**
 * The environment in which the filters of the repository's own configuration are none; those of the user and the system stay. A file
 * of such a filter that was touched counts as changed.
 */
function withoutFilters(listed: Buffer | null): Record<string, string> {
  const env: Record<string, string> = {};
  let count = Number(process.env.GIT_CONFIG_COUNT ?? 0) || 0;
  const parts = (listed?.toString('utf8') ?? '').split('\0');
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const key = parts[index + 1] ?? '';
    if (parts[index] !== 'local' && parts[index] !== 'worktree') continue;
    env[`GIT_CONFIG_KEY_${count}`] = key;
    env[`GIT_CONFIG_VALUE_${count}`] = key.endsWith('.required') ? 'false' : '';
    count++;
  }
  return Object.keys(env).length === 0 ? {} : { ...env, GIT_CONFIG_COUNT: String(count) };
}
