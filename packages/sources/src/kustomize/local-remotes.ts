/**
 * Where copies of remote resources lie: `remotes` gives a folder or file, from the repository's root, for an entry as it is written, or for
 * a repository and its revision (`https://github.com/acme/app?ref=v1`), which stands for all paths in it.
 */
export function localRemotes(remotes: Readonly<Record<string, string>>): (entry: string) => string | undefined {
  const repositories = Object.entries(remotes).map(([key, folder]) => ({ ...partsOf(key), folder: withoutSlash(folder) }));
  return (entry) => {
    const exact = Object.hasOwn(remotes, entry) ? remotes[entry] : undefined;
    if (exact !== undefined) return withoutSlash(exact);
    const { repository, revision, path } = partsOf(entry);
    const found = repositories.find((each) => each.path === '' && each.repository === repository && each.revision === revision);
    return found === undefined ? undefined : path === '' ? found.folder : `${found.folder}/${path}`;
  };
}

interface Parts {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
}

/** `https://HOST/ORG/REPO//PATH?ref=REVISION` in the forms that Kustomize takes. */
function partsOf(entry: string): Parts {
  const [address = '', query = ''] = entry.split('?');
  const revision = /(?:^|&)(?:ref|version)=([^&]*)/.exec(query)?.[1] ?? '';
  const plain = address
    .replace(/^git::/, '')
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[\w.-]+@/, '')
    .replace(/^([\w.-]+):(?!\d)/, '$1/')
    .replace(/^www\./, '');
  const [first = '', second] = plain.split('//');
  if (second !== undefined) return { repository: withoutGit(first), revision, path: withoutSlash(second) };
  const steps = first.split('/');
  // Without two slashes the repository ends at `.git`, or behind its owner and name.
  const end = steps.findIndex((step) => step.endsWith('.git'));
  const count = end < 0 ? 3 : end + 1;
  return { repository: withoutGit(steps.slice(0, count).join('/')), revision, path: withoutSlash(steps.slice(count).join('/')) };
}

function withoutGit(repository: string): string {
  return withoutSlash(repository).replace(/\.git$/, '');
}

function withoutSlash(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}
