import { type Repository, type Resource, resolvePath, textAt, valueAt } from '@plumbline/core';
import { GIT_REPOSITORY, KUSTOMIZATION } from './kinds.ts';
import { mayBeIn, namedOf } from './references.ts';
import { type SourceRef, sourceOfKustomization } from './sources.ts';

/** Why a GitRepository's content cannot be looked up in the files around, though it may be this repository; undefined where it can. */
export function whyOtherContent(source: SourceRef, from: Resource, repository: Repository): string | undefined {
  for (const { object, ...git } of namedOf(repository, GIT_REPOSITORY).get(source.name) ?? []) {
    if (!mayBeIn({ object, ...git }, source.namespace, from)) continue;
    const ref = (key: string): boolean => valueAt(object, ['spec', 'ref', key]) !== undefined;
    if (ref('tag') || ref('semver') || ref('commit') || ref('name')) return 'the source is another revision than the files around';
    if (valueAt(object, ['spec', 'include']) !== undefined) return 'the source includes other repositories';
    if (valueAt(object, ['spec', 'recurseSubmodules']) === true) return 'the source includes submodules';
  }
  return undefined;
}

const seen = new WeakMap<Repository, ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * Whether a Git source is this repository: other Flux Kustomizations of it name folders that are here. One folder of a single step is
 * no evidence (many repositories have a `deploy`), but for the source that a bootstrap makes.
 */
export function isThisRepository(source: SourceRef, repository: Repository): boolean {
  let folders = seen.get(repository);
  if (folders === undefined) {
    folders = foldersBySource(repository);
    seen.set(repository, folders);
  }
  const found = folders.get(keyOf(source));
  if (found === undefined) return false;
  return source.name === 'flux-system' || found.size > 1 || [...found].some((folder) => folder.includes('/'));
}

function foldersBySource(repository: Repository): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const resource of repository.byKind(KUSTOMIZATION)) {
    const own = sourceOfKustomization(resource);
    const path = resolvePath('', textAt(resource, ['spec', 'path']) ?? '');
    if (own?.kind !== 'GitRepository' || path === undefined || path === '') continue;
    if (repository.locate(path, resource.document.file.path) === undefined) continue;
    const folders = found.get(keyOf(own)) ?? new Set<string>();
    found.set(keyOf(own), folders.add(path));
  }
  return found;
}

function keyOf({ kind, name, namespace }: SourceRef): string {
  return `${kind}\n${namespace ?? ''}\n${name}`;
}
