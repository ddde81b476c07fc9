import { type Repository, type Resource, textAt, valueAt } from '@plumbline/core';
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

const seen = new WeakMap<Repository, Map<string, boolean>>();

/** Whether other Flux Kustomizations of the same Git source name folders of this repository: then the source is this repository. */
export function isThisRepository(source: SourceRef, repository: Repository): boolean {
  let known = seen.get(repository);
  if (known === undefined) {
    known = new Map();
    for (const resource of repository.byKind(KUSTOMIZATION)) {
      const own = sourceOfKustomization(resource);
      const path = textAt(resource, ['spec', 'path']);
      if (own?.kind !== 'GitRepository' || path === undefined || path.replace(/[./]/g, '') === '') continue;
      if (repository.locate(path, resource.document.file.path) !== undefined) known.set(keyOf(own), true);
    }
    seen.set(repository, known);
  }
  return known.has(keyOf(source));
}

function keyOf({ kind, name, namespace }: SourceRef): string {
  return `${kind}\n${namespace ?? ''}\n${name}`;
}
