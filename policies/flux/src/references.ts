import {
  addTo,
  type FieldPath,
  isPlain,
  isSlip,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type RuleContext,
  type Severity,
} from '@plumbline/core';
import { kindOfKey, RESOURCE_SET } from './kinds.ts';

/** One object that names another. */
export interface Reference {
  readonly key: string;
  readonly name: string;
  /** Undefined where the namespace of the referring object is meant, and that is not written. */
  readonly namespace: string | undefined;
  readonly path: FieldPath;
}

export type ReadReferences = (resource: Resource) => Iterable<Reference>;

export const ELSEWHERE = 'what it names may be kept in another repository';

/** What `flux bootstrap` and the Flux Operator make themselves. */
const BOOTSTRAPPED = 'flux-system';

/**
 * Judges references to Flux objects. One that leads nowhere is an error where a similar name or the same one in another namespace
 * shows what is meant, or where the others of the repository that name this kind lead to objects in it; else it cannot be known.
 */
export function* judgeReferences(
  read: ReadReferences,
  kinds: readonly string[],
  resource: Resource,
  context: RuleContext,
  severity: Severity = 'error',
): Iterable<Problem | NotEvaluated> {
  const { repository, inventory } = context;
  for (const reference of read(resource)) {
    const { key, name, namespace, path } = reference;
    if (name === BOOTSTRAPPED || !isPlain(name) || (namespace !== undefined && !isPlain(namespace))) continue;
    if (isThere(reference, resource, repository) || inventory.isExternal(key, namespace, name)) continue;
    const unseen = repository.unseenFrom(resource.document.file.path);
    if (unseen !== undefined) {
      yield { notEvaluated: unseen };
      continue;
    }
    const kind = kindOfKey(key);
    const where = namespace === undefined ? '' : ` in namespace "${namespace}"`;
    const away = namedOf(repository, key).get(name)?.[0];
    if (away !== undefined) {
      yield {
        path,
        severity,
        message: `no ${kind} "${name}"${where}, only in "${away.namespace}"`,
        related: [{ resource: away, path: ['metadata', 'name'], message: `this ${kind} is in another namespace` }],
      };
      continue;
    }
    const meant = repository.byKind(key).find((other) => isSlip(name, other.name) && mayBeIn(other, namespace, resource));
    if (meant !== undefined) {
      yield {
        path,
        severity,
        message: `no ${kind} "${name}"${where}; did you mean "${meant.name}"?`,
        related: [{ resource: meant, path: ['metadata', 'name'], message: `this ${kind} has a similar name` }],
      };
      continue;
    }
    if (repository.byKind(RESOURCE_SET).length > 0) yield { notEvaluated: 'a ResourceSet may make what it names' };
    else if (repository.byKind(key).some((other) => !isPlain(other.name))) yield { notEvaluated: 'a variable may give the name' };
    else if (isKeptHere(key, read, kinds, repository)) yield { path, severity, message: `no ${kind} "${name}"${where}` };
    else yield { notEvaluated: ELSEWHERE };
  }
}

/** Whether an object in sight is, or may turn out to be, the one that is meant. */
export function isThere({ key, name, namespace }: Reference, from: Resource, repository: Repository): boolean {
  return (
    namedOf(repository, key)
      .get(name)
      ?.some((resource) => mayBeIn(resource, namespace, from)) === true
  );
}

/** A namespace that is not written, or that a build may still set, may be any. */
export function mayBeIn(resource: Resource, namespace: string | undefined, from: Resource): boolean {
  return (
    namespace === undefined ||
    resource.namespace === undefined ||
    resource.namespace === namespace ||
    !isPlain(resource.namespace) ||
    isMovable(resource) ||
    // Only a namespace that it does not spell out moves with the referring object.
    (isMovable(from) && from.namespace === namespace)
  );
}

function isMovable({ unit }: Resource): boolean {
  return unit.state === 'unbuilt' && (unit.mayAdd?.namespace ?? true);
}

const names = new WeakMap<Repository, Map<string, ReadonlyMap<string, readonly Resource[]>>>();

/** The objects of a kind key by name. */
export function namedOf(repository: Repository, key: string): ReadonlyMap<string, readonly Resource[]> {
  let byKey = names.get(repository);
  if (byKey === undefined) {
    byKey = new Map();
    names.set(repository, byKey);
  }
  let named = byKey.get(key);
  if (named === undefined) {
    const made = new Map<string, Resource[]>();
    for (const resource of repository.byKind(key)) {
      addTo(made, resource.name, resource);
    }
    named = made;
    byKey.set(key, named);
  }
  return named;
}

const kept = new WeakMap<Repository, Map<ReadReferences, Map<string, { found: number; absent: number }>>>();

/** Whether nearly all that refer to the kind find their object in the repository: then one that is not there was forgotten. */
function isKeptHere(key: string, read: ReadReferences, kinds: readonly string[], repository: Repository): boolean {
  let byReader = kept.get(repository);
  if (byReader === undefined) {
    byReader = new Map();
    kept.set(repository, byReader);
  }
  let counts = byReader.get(read);
  if (counts === undefined) {
    counts = new Map();
    for (const resource of kinds.flatMap((kind) => repository.byKind(kind))) {
      for (const reference of read(resource)) {
        if (reference.name === BOOTSTRAPPED || !isPlain(reference.name)) continue;
        const count = counts.get(reference.key) ?? { found: 0, absent: 0 };
        counts.set(reference.key, count);
        count[isThere(reference, resource, repository) ? 'found' : 'absent']++;
      }
    }
    byReader.set(read, counts);
  }
  const count = counts.get(key);
  return count !== undefined && count.found >= 3 && count.found >= 3 * count.absent;
}
