import {
  isArray,
  isObject,
  isPlain,
  type JsonObject,
  type JsonValue,
  member,
  type Repository,
  type Resource,
  resolvePath,
  valueAt,
} from '@plumbline/core';
import { applicationSpec } from './application-spec.ts';
import { APPLICATION, APPLICATION_SET } from './kinds.ts';

/** One source of an Application, and where it is written. */
export interface PlacedSource {
  readonly source: JsonObject;
  readonly path: readonly (string | number)[];
}

/** The sources of an Application, or of those that an ApplicationSet makes: of several, Argo CD passes over the single one. */
export function sourcesOf(resource: Resource): readonly PlacedSource[] {
  const found = applicationSpec(resource);
  if (found === undefined) return [];
  const sources = member(found.spec, 'sources');
  if (isArray(sources) && sources.length > 0)
    return sources.flatMap((source, index) => (isObject(source) ? [{ source, path: [...found.path, 'sources', index] }] : []));
  const source = member(found.spec, 'source');
  return isObject(source) ? [{ source, path: [...found.path, 'source'] }] : [];
}

/** The address of a repository as Argo CD compares it: without case, ".git" and the ways to write SSH. */
export function normalUrl(url: string): string {
  const lower = url.trim().toLowerCase();
  const ssh = /^(?:ssh:\/\/)?([^/@:]+@[^/:]+)[:/](.*)$/.exec(lower);
  return (ssh === null ? lower : `${ssh[1]}/${ssh[2]}`).replace(/\.git$/, '');
}

/** Whether a revision is the tree around as it lies: HEAD, or the branch that most repositories have. */
export function isTreeAround(revision: JsonValue | undefined): boolean {
  return (
    revision === undefined || revision === null || revision === '' || revision === 'HEAD' || revision === 'main' || revision === 'master'
  );
}

const here = new WeakMap<Repository, ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * Whether the address is that of the repository around: other objects name folders by it that are here. One folder of a single
 * step is no evidence: many repositories have a `deploy`.
 */
export function isThisRepository(url: string, repository: Repository): boolean {
  let folders = here.get(repository);
  if (folders === undefined) {
    folders = foldersByUrl(repository);
    here.set(repository, folders);
  }
  const found = folders.get(normalUrl(url));
  return found !== undefined && (found.size > 1 || [...found].some((folder) => folder.includes('/')));
}

function foldersByUrl(repository: Repository): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (url: JsonValue | undefined, path: JsonValue | undefined, file: string, isPattern: boolean): void => {
    if (typeof url !== 'string' || !isPlain(url) || typeof path !== 'string' || !isPlain(path)) return;
    const plain = resolvePath('', path);
    const folder = plain === undefined || plain === '' ? undefined : repository.locate(plain, file);
    if (plain === undefined || folder === undefined) return;
    const own = found.get(normalUrl(url)) ?? new Set<string>();
    // A pattern that finds folders below says more than the folder itself.
    const hasBelow = isPattern && repository.namesIn(folder).some((name) => repository.kindOf(`${folder}/${name}`) === 'folder');
    found.set(normalUrl(url), own.add(hasBelow ? `${plain}/*` : plain));
  };
  for (const resource of [...repository.byKind(APPLICATION), ...repository.byKind(APPLICATION_SET)]) {
    const file = resource.document.file.path;
    for (const { source } of sourcesOf(resource)) note(member(source, 'repoURL'), member(source, 'path'), file, false);
    for (const { generator } of gitGenerators(resource)) {
      for (const field of ['directories', 'files']) {
        const items = member(generator, field);
        for (const item of isArray(items) ? items : []) note(member(generator, 'repoURL'), literalHead(member(item, 'path')), file, true);
      }
    }
  }
  return found;
}

/** The steps of a glob before the first that is no plain name. */
export function literalHead(path: JsonValue | undefined): string | undefined {
  if (typeof path !== 'string') return undefined;
  const steps = path.split('/');
  const at = steps.findIndex((step) => /[*?[\]{}\\]/.test(step));
  return (at < 0 ? steps : steps.slice(0, at)).join('/');
}

export interface PlacedGenerator {
  readonly generator: JsonObject;
  readonly path: readonly (string | number)[];
}

/** The git generators of an ApplicationSet, also those inside of a matrix or a merge. */
export function* gitGenerators({ gvk, object }: Resource): Iterable<PlacedGenerator> {
  if (gvk.kind === 'ApplicationSet') yield* within(valueAt(object, ['spec', 'generators']), ['spec', 'generators'], 0);
}

function* within(generators: JsonValue | undefined, path: readonly (string | number)[], depth: number): Iterable<PlacedGenerator> {
  if (!isArray(generators) || depth > 3) return;
  for (const [index, generator] of generators.entries()) {
    const git = member(generator, 'git');
    if (isObject(git)) yield { generator: git, path: [...path, index, 'git'] };
    for (const kind of ['matrix', 'merge'])
      yield* within(valueAt(generator, [kind, 'generators']), [...path, index, kind, 'generators'], depth + 1);
  }
}
