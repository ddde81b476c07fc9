import { addTo, type Inventory, isPlain, type Repository, type Resource } from '@plumbline/core';
import { type AppliedFiles, appliedBy, fileAt, keepsNames, namingOf } from './applied-files.ts';
import { KUSTOMIZATION } from './kinds.ts';

/** Another Kustomization that applies an object under the same name to the same cluster. */
export interface OtherOwner {
  readonly other: Resource;
  /** The first object that both apply. */
  readonly shared: Resource;
  /** Every object that both apply. */
  all(): readonly Resource[];
}

/** The first of those before this one in the inventory, so that of two of them the second has one. */
export function otherOwner(resource: Resource, inventory: Inventory, repository: Repository): OtherOwner | undefined {
  const applied = appliedBy(resource, repository);
  if (applied === undefined) return undefined;
  const owners = ownersIn(inventory, repository);
  let limit = owners.orderOf.get(resource) ?? Number.POSITIVE_INFINITY;
  let found: OtherOwner | undefined;
  for (const list of owners.near(resource, applied)) {
    for (const { order, resource: other, applied: others } of list) {
      if (order >= limit) break;
      if (!isOther(resource, other) || !isOneCluster(resource, applied, other, others)) continue;
      const [shared] = sharedObjects(applied, others, repository);
      // It hangs on the two folders alone: others of this list apply the same one.
      if (shared === undefined) break;
      limit = order;
      found = { other, shared, all: () => [...sharedObjects(applied, others, repository)] };
      break;
    }
  }
  return found;
}

interface Owner {
  readonly order: number;
  readonly resource: Resource;
  readonly applied: AppliedFiles;
}

/** The Kustomizations of a cluster by what they apply: most have nothing to do with one another. */
class Owners {
  readonly orderOf = new Map<Resource, number>();
  /** By folder, and by what they do to names. */
  readonly #alike = new Map<string, Owner[]>();
  /** By folder, those that leave names as they are. */
  readonly #plain = new Map<string, Owner[]>();
  /** The folders of `#plain` by the files that are applied with them. */
  readonly #foldersOf = new Map<string, string[]>();

  constructor(inventory: Inventory, repository: Repository) {
    for (const resource of inventory.byKind(KUSTOMIZATION)) {
      const order = this.orderOf.size;
      this.orderOf.set(resource, order);
      const applied = appliedBy(resource, repository);
      if (applied === undefined) continue;
      const owner = { order, resource, applied };
      addTo(this.#alike, alikeKey(resource, applied), owner);
      if (!isPlainOwner(resource, applied)) continue;
      if (!this.#plain.has(applied.target)) for (const path of applied.paths) addTo(this.#foldersOf, path, applied.target);
      addTo(this.#plain, applied.target, owner);
    }
  }

  /** Those that may apply an object of this one under the same name; each list is of one folder, in order. */
  *near(resource: Resource, applied: AppliedFiles): Iterable<readonly Owner[]> {
    yield this.#alike.get(alikeKey(resource, applied)) ?? [];
    if (!isPlainOwner(resource, applied)) return;
    const folders = new Set<string>();
    for (const path of applied.paths) for (const folder of this.#foldersOf.get(path) ?? []) folders.add(folder);
    for (const folder of folders) yield this.#plain.get(folder) ?? [];
  }
}

const known = new WeakMap<Inventory, Owners>();

function ownersIn(inventory: Inventory, repository: Repository): Owners {
  let owners = known.get(inventory);
  if (owners === undefined) {
    owners = new Owners(inventory, repository);
    known.set(inventory, owners);
  }
  return owners;
}

function alikeKey(resource: Resource, { target }: AppliedFiles): string {
  return `${target}\n${namingOf(resource)}`;
}

function isPlainOwner(resource: Resource, { isRenamed }: AppliedFiles): boolean {
  return !isRenamed && keepsNames(resource);
}

/** In one cluster there is only one of a name. */
export function isOther(a: Resource, b: Resource): boolean {
  return a.name !== b.name || (a.namespace !== undefined && b.namespace !== undefined && a.namespace !== b.namespace);
}

function isOneCluster(a: Resource, ofA: AppliedFiles, b: Resource, ofB: AppliedFiles): boolean {
  return a.unit === b.unit || ofA.paths.has(b.document.file.path) || ofB.paths.has(a.document.file.path);
}

/** The objects of the files that both folders hold. */
function* sharedObjects(ofA: AppliedFiles, ofB: AppliedFiles, repository: Repository): Iterable<Resource> {
  const [few, many] = ofA.paths.size < ofB.paths.size ? [ofA.paths, ofB.paths] : [ofB.paths, ofA.paths];
  for (const path of few) {
    if (!many.has(path)) continue;
    for (const each of objectsOf(path, repository))
      if (isPlain(each.name) && (each.namespace === undefined || isPlain(each.namespace))) yield each;
  }
}

const written = new WeakMap<Repository, Map<string, ReadonlyMap<string, readonly Resource[]>>>();

/** The objects of a file, as they are written or built. */
function objectsOf(path: string, repository: Repository): readonly Resource[] {
  const keys = new Set((fileAt(path, repository)?.documents ?? []).flatMap(({ value }) => keyOf(value) ?? []));
  return [...keys].flatMap((key) => byFile(key, repository).get(path) ?? []);
}

/** The objects of a kind by the file that they are written in. */
function byFile(key: string, repository: Repository): ReadonlyMap<string, readonly Resource[]> {
  let byKind = written.get(repository);
  if (byKind === undefined) {
    byKind = new Map();
    written.set(repository, byKind);
  }
  let files = byKind.get(key);
  if (files === undefined) {
    const made = new Map<string, Resource[]>();
    for (const each of repository.byKind(key)) addTo(made, each.locate?.(['kind']).file ?? each.document.file.path, each);
    byKind.set(key, made);
    files = made;
  }
  return files;
}

function keyOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value) || !('kind' in value)) return undefined;
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return group === '' ? kind : `${group}/${kind}`;
}
