/** The folder of a repository path; `''` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last step of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `relative` seen from `folder`, without `.` and `..`; undefined when it leaves the repository. */
export function resolvePath(folder: string, relative: string): string | undefined {
  const steps = relative.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const step of relative.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Whether `path` lies in `folder` or below; every path lies in the root `''`. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || (path.startsWith(folder) && path.charCodeAt(folder.length) === 47);
}

/** The folders above a path, nearest first, the root `''` last. */
export function* foldersAbove(path: string): Generator<string> {
  let folder = path;
  while (folder !== '') {
    folder = folderOf(folder);
    yield folder;
  }
}
