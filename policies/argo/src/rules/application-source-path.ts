import {
  isArray,
  isPlain,
  type JsonObject,
  meantPath,
  member,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type ResourceRule,
  resolvePath,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { isThisRepository, isTreeAround, type PlacedSource, sourcesOf } from '../git-source.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

const applications = (path: string): string =>
  ['apps/cart', path]
    .map((each, index) =>
      example('Application', ['source:', '  repoURL: https://git.example.org/shop.git', `  path: ${each}`], `cart-${index}`),
    )
    .join('---\n');

export const rule: ResourceRule = {
  id: 'argo/application-source-path',
  title: 'The folder and the value files of an Application exist',
  why: 'Argo CD cannot make manifests of a folder or a value file that is not there: the Application is not synced any more.',
  remedy:
    'Correct source.path, which begins at the root of the repository. Value files begin at the folder, with "/" at the root, with "$NAME/" at the root of the source of that ref.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/',
  examples: { pass: applications('apps/cart'), fail: applications('apps/crat'), path: 'apps/cart/case.yaml' },
  kinds: [APPLICATION, APPLICATION_SET],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const sources = sourcesOf(resource);
    for (const placed of sources) {
      const found = folderOf(placed, resource, repository);
      if (found === undefined) continue;
      if ('folder' in found) yield* valueFiles(placed, found, sources, repository);
      else yield found;
    }
  },
};

/** Where a source lies in the files around: `root` is where its repository begins, which may be a folder of the tree around. */
interface Home {
  readonly folder: string;
  readonly root: string;
}

/** The folder of a source in the files around, or what is to be said of it; undefined where it has none. */
function folderOf(
  { source, path: at }: PlacedSource,
  resource: Resource,
  repository: Repository,
): Home | Problem | NotEvaluated | undefined {
  const url = member(source, 'repoURL');
  const written = member(source, 'path');
  if (typeof url !== 'string' || typeof written !== 'string' || !isPlain(url) || !isPlain(written) || member(source, 'chart') !== undefined)
    return undefined;
  const file = resource.document.file.path;
  const unseen = repository.unseenFrom(file);
  if (unseen !== undefined) return { notEvaluated: unseen };
  const plain = resolvePath('', written);
  if (plain === undefined) return undefined;
  const folder = repository.locate(plain, file);
  if (folder !== undefined) return { folder, root: folder.slice(0, folder.length - plain.length).replace(/\/$/, '') };
  if (!isTreeAround(member(source, 'targetRevision'))) return { notEvaluated: 'the source is another revision than the files around' };
  const path = [...at, 'path'];
  if (!isThisRepository(url, repository)) return { notEvaluated: 'the source may be another repository' };
  if (repository.kindOf(plain) === 'file') return { path, message: `path "${written}" is a file, not a folder` };
  const meant = meantPath(plain, repository);
  return { path, message: `path "${written}" does not exist in the repository${meant === undefined ? '' : `; did you mean "${meant}"?`}` };
}

function* valueFiles(
  { source, path }: PlacedSource,
  home: Home,
  sources: readonly PlacedSource[],
  repository: Repository,
): Iterable<Problem> {
  const helm = member(source, 'helm');
  const files = member(helm, 'valueFiles');
  if (!isArray(files) || member(helm, 'ignoreMissingValueFiles') === true || !isHere(source, repository)) return;
  for (const [index, entry] of files.entries()) {
    if (typeof entry !== 'string' || !isPlain(entry) || entry.includes('://') || entry.includes('*')) continue;
    const base = baseOf(entry, home, sources, repository);
    if (base === undefined) continue;
    const target = resolvePath(base.folder, base.path);
    if (target === undefined || repository.kindOf(target) === 'file') continue;
    const meant = meantPath(target, repository);
    yield {
      path: [...path, 'helm', 'valueFiles', index],
      message: `value file "${entry}" does not exist${meant === undefined ? '' : `; did you mean the file "${meant}"?`}`,
    };
  }
}

function isHere(source: JsonObject, repository: Repository): boolean {
  const url = member(source, 'repoURL');
  return typeof url === 'string' && isPlain(url) && isThisRepository(url, repository) && isTreeAround(member(source, 'targetRevision'));
}

/** What a value file is written from; undefined where that is not here. */
function baseOf(
  entry: string,
  { folder, root }: Home,
  sources: readonly PlacedSource[],
  repository: Repository,
): { readonly folder: string; readonly path: string } | undefined {
  if (!entry.startsWith('$')) return entry.startsWith('/') ? { folder: root, path: entry.slice(1) } : { folder, path: entry };
  const [name = '', ...rest] = entry.split('/');
  const ref = sources.find(({ source }) => member(source, 'ref') === name.slice(1));
  return ref === undefined || !isHere(ref.source, repository) ? undefined : { folder: root, path: rest.join('/') };
}
