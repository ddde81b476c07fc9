import { ConfigError } from '@plumbline/core';
import { git } from '@plumbline/sources';

/** What `git` prints. Throws `usage` with what it complains of. */
function ask(root: string, args: readonly string[]): string {
  const printed = git(root, args);
  if (typeof printed === 'string') throw new ConfigError('usage', `git ${args[0]}: ${printed}`);
  return printed.toString('utf8');
}

/** The commit that a revision names. Throws `usage` where there is none. */
export function commitOf(root: string, revision: string): string {
  const printed = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (typeof printed !== 'string') return printed.toString('latin1').trim();
  throw new ConfigError('usage', `there is no revision ${JSON.stringify(revision)} in this repository`);
}

/** The last commit that changed what matches one of the paths (folders, files or Git's globs); undefined where none did. */
export function lastChange(root: string, paths: readonly string[]): string | undefined {
  const commit = ask(root, ['log', '-1', '--format=%H', '--', ...paths.map((path) => `:(glob)${path}`)]).trim();
  return commit === '' ? undefined : commit;
}

/** The text of a file as a commit had it. */
export function textAt(root: string, commit: string, path: string): string {
  return ask(root, ['cat-file', 'blob', `${commit}:${path}`]);
}

/** The paths below `paths` at which the tracked files of the working tree differ from a commit. */
export function changedSince(
  root: string,
  commit: string,
  paths: readonly string[],
): readonly { readonly path: string; readonly status: string }[] {
  const parts = ask(root, ['diff-index', '--name-status', '-z', '--no-renames', '--ignore-submodules', commit, '--', ...paths]).split('\0');
  const changes: { path: string; status: string }[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) changes.push({ status: parts[at] ?? '', path: parts[at + 1] ?? '' });
  return changes;
}
