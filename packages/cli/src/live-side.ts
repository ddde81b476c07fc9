import { type Applied, apiVersionOf, isEqual, member, type Resource } from '@plumbline/core';
import { type Pair, pair, selectorOf, sourceOf } from '@plumbline/drift';
import {
  hashSecret,
  isClusterSource,
  isSnapshotSource,
  type Live,
  type OpenSnapshot,
  openCluster,
  openSnapshot,
  readCounterparts,
  readOwned,
  type Scope,
  servedAs,
} from '@plumbline/sources';

/** What a cluster or a snapshot holds of the kinds that the desired side has, and of what its sources own. */
export interface LiveSide {
  /** Where the live values of Secrets are hashed, with its own hashed likewise. */
  readonly desired: readonly Resource[];
  readonly actual: readonly Resource[];
  readonly definitions: readonly Resource[];
  readonly notLookedThrough: ReadonlyMap<string, string>;
  unreadOf(resource: Resource): string | undefined;
}

/** Undefined where the SOURCE is neither a cluster nor a snapshot. */
export async function openLive(source: string): Promise<Live | OpenSnapshot | undefined> {
  if (isClusterSource(source)) return openCluster(source);
  return isSnapshotSource(source) ? openSnapshot(source) : undefined;
}

/** `pruneScopes`: namespaces in which every object counts, `*` for all. */
export async function readLive(
  live: Live | OpenSnapshot,
  { resources, kinds }: Applied,
  pruneScopes: readonly string[],
): Promise<LiveSide> {
  const counterparts = await readCounterparts(live, resources);
  const definitions = await live.definitions(counterparts.kinds.filter(({ group }) => !kinds.isBuiltinGroup(group)));
  const isNamespaced = (gvk: Resource['gvk']): boolean | undefined => servedAs(live, gvk)?.isNamespaced;
  const pairs = pair(resources, counterparts.resources, isNamespaced);
  const sources = new Set(
    pairs.flatMap(({ desired, actual }) => (desired === undefined ? [] : ((actual && sourceOf(actual.object)) ?? []))),
  );
  const owned = await readOwned(live, scopesOf([...sources], pruneScopes, resources));
  const autoscalers = await readAutoscalers(live, pairs);
  return {
    desired: 'hash' in live ? resources.map((resource) => hashed(resource, live)) : resources,
    actual: [...counterparts.resources, ...owned.resources, ...autoscalers],
    definitions,
    notLookedThrough: new Map([...owned.unread].map(([kind, reason]) => [`${apiVersionOf(kind)}/${kind.kind}`, reason])),
    unreadOf: (resource) => counterparts.unreadOf(resource),
  };
}

const HPA = { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' };

/** Autoscalers that the source does not have may set the replicas of what it has: they are asked for where some differ. */
async function readAutoscalers(live: Live | OpenSnapshot, pairs: readonly Pair[]): Promise<readonly Resource[]> {
  const namespaces = new Set(
    pairs.flatMap(({ desired, actual }) => {
      const [wanted, there] = [desired, actual].map((side) => member(side?.object.spec, 'replicas'));
      return wanted === undefined || there === undefined || isEqual(wanted, there) ? [] : [actual?.namespace ?? 'default'];
    }),
  );
  const kind = servedAs(live, HPA);
  if (namespaces.size === 0 || kind === undefined) return [];
  return (await live.read([...namespaces].map((namespace) => ({ kind, namespace })))).resources;
}

/** A source that marks its objects by labels is asked for them everywhere; one that does not, where its objects are. */
function scopesOf(sources: readonly string[], pruneScopes: readonly string[], desired: readonly Resource[]): readonly Scope[] {
  if (pruneScopes.includes('*')) return [{}];
  const selectors = sources.map(selectorOf);
  const namespaces = new Set(pruneScopes);
  if (selectors.includes(undefined)) for (const { namespace } of desired) namespaces.add(namespace ?? 'default');
  return [
    ...[...namespaces].map((namespace) => ({ namespace })),
    ...selectors.flatMap((labelSelector) => (labelSelector === undefined ? [] : [{ labelSelector }])),
  ];
}

/** The same of a text and of its data, so that each stays where it is written. */
function hashed(resource: Resource, { hash }: OpenSnapshot): Resource {
  const { gvk, object } = resource;
  return gvk.kind === 'Secret' && gvk.group === '' ? { ...resource, object: hashSecret(object, hash) } : resource;
}
