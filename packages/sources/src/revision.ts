import type { Revision } from '@plumbline/core';

/** The revision of the repository at `root`; undefined where there is none, no commit yet, or no Git. Runs `git` once. */
export function readRevision(root: string): Revision | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--untracked-files=no'];
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (status !== 0) return undefined;
  const commit = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(stdout)?.[1];
  return commit === undefined ? undefined : { commit, dirty: /^[^#]/m.test(stdout) };
}
