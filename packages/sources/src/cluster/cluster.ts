import type { JsonObject, Resource } from '@plumbline/core';
import { type Connection, connect } from './connection.ts';
import { bodyOf, discover, type ServedKind } from './discovery.ts';
import { type Environment, readAccess, textIn } from './kubeconfig.ts';
import { type ListRequest, list } from './list.ts';
import { type Live, type LiveObjects, liveResource, liveUnit, type Unread } from './live.ts';
import { readJson } from './read-json.ts';
import { CLUSTER_PREFIX } from './source-name.ts';

/** Lists at once. */
const AT_ONCE = 6;

/**
 * Opens a cluster to read from: GET and LIST are all that it is ever asked. Throws `usage` for a context that there is not, and
 * `source-unreadable` where the server cannot be reached or does not let us in.
 */
export async function openCluster(source: string, environment: Environment = process.env): Promise<Live> {
  const access = readAccess(source.slice(CLUSTER_PREFIX.length), environment);
  const connection = await connect(access, environment);
  try {
    const version = textIn(bodyOf(await connection.get('/version'), '/version'), 'gitVersion') ?? '';
    const { kinds, unread } = await discover(connection);
    const name = `${CLUSTER_PREFIX}${access.name}`;
    return {
      source: name,
      version,
      kinds,
      unreadVersions: unread,
      read: (requests) => readAll(connection, requests, name),
      definitions: (asked) => readDefinitions(connection, asked, kinds, name),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** In the order asked for, whichever list comes first. */
async function readAll(connection: Connection, requests: readonly ListRequest[], source: string): Promise<LiveObjects> {
  const unit = liveUnit(source);
  const answers: { resources: readonly Resource[]; unread: readonly Unread[] }[] = [];
  await eachOf(requests, async (request, index) => {
    const { kind, namespace } = request;
    const listing = await list(connection, request);
    answers[index] =
      'unread' in listing
        ? { resources: [], unread: [{ kind, namespace, reason: listing.unread }] }
        : { resources: listing.objects.map((object) => liveResource(object, kind, unit)), unread: [] };
  });
  return { resources: answers.flatMap((one) => one.resources), unread: answers.flatMap((one) => one.unread) };
}

const DEFINITIONS = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' };

/** One by one, for a cluster may have hundreds. A kind without one (of an aggregated API), or one that may not be read, has none here. */
async function readDefinitions(
  connection: Connection,
  asked: readonly ServedKind[],
  served: readonly ServedKind[],
  source: string,
): Promise<readonly Resource[]> {
  if (!served.some(({ kind }) => kind === DEFINITIONS.kind)) return [];
  const names = [...new Set(asked.map(({ plural, group }) => `${plural}.${group}`))].sort();
  const found: (Resource | undefined)[] = [];
  await eachOf(names, async (name, index) => {
    const { status, text } = await connection.get(`/apis/${DEFINITIONS.group}/${DEFINITIONS.version}/customresourcedefinitions/${name}`);
    if (status === 200) found[index] = liveResource(readJson(text) as JsonObject, DEFINITIONS, liveUnit(source)); // a server gives objects
  });
  return found.filter((one) => one !== undefined);
}

/** Does the work for every item, a few at once. */
async function eachOf<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
