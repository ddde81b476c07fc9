import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The nearest folder upwards that holds `.git`: a folder, or the file that worktrees and submodules have. Undefined outside of a repository. */
export function findRepositoryRoot(from: string): string | undefined {
  let folder = resolve(from);
  for (;;) {
    if (existsSync(`${folder}${folder.endsWith(sep) ? '' : sep}.git`)) return folder;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/**
 * The folder that paths in a report are relative to: the repository of the sources; outside of one the folder given, or
 * for several sources the working folder, or else the deepest folder above all of them.
 */
export function rootOf(sources: readonly string[], cwd: string): string {
  const paths = sources.filter((source) => source !== '-' && !source.startsWith('git:')).map((source) => resolve(cwd, staticPart(source)));
  if (paths.length === 0) return findRepositoryRoot(cwd) ?? cwd;
  const folders = paths.map(existingFolder);
  const repositories = new Set(folders.map((folder) => findRepositoryRoot(folder)));
  const [only] = repositories;
  if (repositories.size === 1 && only !== undefined) return only;
  const first = folders[0] ?? cwd;
  if (folders.length === 1 && repositories.size === 1 && paths[0] === first) return first;
  if (folders.every((folder) => isInside(folder, cwd))) return cwd;
  return folders.reduce(commonFolder);
}

/** Whether `path` is `folder` or lies below it; both absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** What of a glob is a plain path: the steps before the first one that holds a pattern. */
export function staticPart(source: string): string {
  if (!isGlob(source) || existsSync(source)) return source;
  const steps = source.split('/');
  const plain = steps.slice(
    0,
    steps.findIndex((step) => isGlob(step)),
  );
  return plain.length === 1 && plain[0] === '' ? '/' : plain.join('/') || '.';
}

export function isGlob(source: string): boolean {
  return /[*?[\]{}]/.test(source);
}

function existingFolder(path: string): string {
  let at = path;
  for (;;) {
    if (isFolder(at)) return at;
    const above = dirname(at);
    if (above === at) return at;
    at = above;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // A link that leads to itself, a name too long: whoever opens it says so.
    return false;
  }
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (!isInside(b, folder)) folder = dirname(folder);
  return folder;
}
