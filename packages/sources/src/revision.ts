import type { Revision } from '@plumbline/core';
import { git } from './git.ts';

/** The revision of the repository at `root`; undefined where there is none, no commit yet, or no Git. */
export function readRevision(root: string): Revision | undefined {
  let status: string;
  try {
    const printed = git(root, ['status', '--porcelain=v2', '--branch', '--untracked-files=no', '--ignore-submodules=dirty']);
    if (typeof printed === 'string') return undefined;
    status = printed.toString('utf8');
  } catch {
    return undefined;
  }
  const commit = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(status)?.[1];
  return commit === undefined ? undefined : { commit, dirty: /^[^#]/m.test(status) };
}
