import type { GroupVersionKind, Resource } from '@plumbline/core';
import type { ServedKind } from './discovery.ts';
import type { ListRequest } from './list.ts';
import type { Live, LiveObjects, Unread } from './live.ts';

/** What is live of the kinds that a source has. */
export interface Counterparts {
  readonly resources: readonly Resource[];
  /** Kinds that were asked for. */
  readonly kinds: readonly ServedKind[];
  /** Why it is not known whether an object is there; undefined where it is known. */
  unreadOf(resource: Resource): string | undefined;
}

/** Up to so many namespaces are asked one by one, each by itself; of more the whole cluster is, if it may be. */
const FEW = 4;

/**
 * Reads the objects that those of a source are to be compared with: by namespace where they are in few, else all of the kind. Each is
 * read in the version that the source writes, where the server has it.
 */
export async function readCounterparts(live: Live, desired: readonly Resource[]): Promise<Counterparts> {
  const wanted = wantedOf(live, desired);
  const whole = wanted.filter(({ kind, namespaces }) => !kind.isNamespaced || namespaces.size > FEW).map(({ kind }) => kind);
  const byNamespace = wanted.flatMap(({ kind, namespaces }) => (whole.includes(kind) ? [] : requestsIn(kind, namespaces)));
  const first = await live.read([...whole.map((kind) => ({ kind })), ...byNamespace]);
  // Who may not list everywhere may be allowed to in the namespaces that matter.
  const again = wanted.filter(
    ({ kind }) => kind.isNamespaced && first.unread.some((one) => one.kind === kind && one.namespace === undefined),
  );
  const second = again.length === 0 ? NOTHING : await live.read(again.flatMap(({ kind, namespaces }) => requestsIn(kind, namespaces)));
  const unread = [...first.unread.filter((one) => !again.some(({ kind }) => kind === one.kind)), ...second.unread];
  return {
    resources: inOwnVersions([...first.resources, ...second.resources], wanted),
    kinds: wanted.map(({ kind }) => kind),
    unreadOf: (resource) => unreadOf(live, resource, unread),
  };
}

const NOTHING: LiveObjects = { resources: [], unread: [] };

function requestsIn(kind: ServedKind, namespaces: Iterable<string>): ListRequest[] {
  return [...namespaces].map((namespace) => ({ kind, namespace }));
}

interface Wanted {
  readonly kind: ServedKind;
  readonly namespaces: Set<string>;
  /** Objects that the source writes in this version: `NAMESPACE/NAME`. */
  readonly names: Set<string>;
}

function wantedOf(live: Live, desired: readonly Resource[]): readonly Wanted[] {
  const wanted = new Map<ServedKind, Wanted>();
  for (const resource of desired) {
    const kind = servedAs(live, resource.gvk);
    if (kind?.verbs.includes('list') !== true) continue;
    const one = wanted.get(kind) ?? { kind, namespaces: new Set(), names: new Set() };
    const namespace = placeOf(resource, kind);
    if (kind.isNamespaced) one.namespaces.add(namespace);
    one.names.add(`${namespace}/${resource.name}`);
    wanted.set(kind, one);
  }
  return [...wanted.values()];
}

/** The kind in the version given, else in the one that the server prefers; undefined where it does not have it. */
export function servedAs(live: Live, { group, version, kind }: GroupVersionKind): ServedKind | undefined {
  const all = live.kinds.filter((one) => one.kind === kind && one.group === group);
  return all.find((one) => one.version === version) ?? all[0];
}

function placeOf({ namespace }: Resource, { isNamespaced }: ServedKind): string {
  return isNamespaced ? (namespace ?? 'default') : '';
}

/** A kind that is read in two versions gives each object twice: the one in the version that the source writes stays. */
function inOwnVersions(resources: readonly Resource[], wanted: readonly Wanted[]): readonly Resource[] {
  const versionsOf = (gvk: GroupVersionKind): readonly Wanted[] =>
    wanted.filter(({ kind }) => kind.kind === gvk.kind && kind.group === gvk.group);
  const isTwice = new Set(wanted.filter(({ kind }) => versionsOf(kind).length > 1).map(({ kind }) => `${kind.group}/${kind.kind}`));
  if (isTwice.size === 0) return resources;
  return resources.filter((resource) => {
    const { gvk, name } = resource;
    if (!isTwice.has(`${gvk.group}/${gvk.kind}`)) return true;
    const versions = versionsOf(gvk);
    const owner = versions.find(({ kind, names }) => names.has(`${placeOf(resource, kind)}/${name}`)) ?? versions[0];
    return owner?.kind.version === gvk.version;
  });
}

function unreadOf(live: Live, resource: Resource, unread: readonly Unread[]): string | undefined {
  const kind = servedAs(live, resource.gvk);
  const { group, version } = resource.gvk;
  if (kind === undefined) return live.unreadVersions.get(`${group}/${version}`);
  if (!kind.verbs.includes('list')) return 'objects of the kind cannot be listed';
  const place = placeOf(resource, kind);
  return unread.find((one) => one.kind === kind && (one.namespace === undefined || one.namespace === place))?.reason;
}
