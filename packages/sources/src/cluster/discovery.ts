import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { unreachable } from './cluster-error.ts';
import type { Answer, Connection } from './connection.ts';
import { textIn } from './kubeconfig.ts';
import { readJson } from './read-json.ts';

/** A kind as a server serves it. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As paths name it: `deployments`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** `get`, `list`, `delete` … */
  readonly verbs: readonly string[];
}

export interface Discovery {
  /** Versions of a group in the server's order of preference. */
  readonly kinds: readonly ServedKind[];
  /** `GROUP/VERSION` that the server has and cannot tell of, with the reason: an aggregated API that is down. */
  readonly unread: ReadonlyMap<string, string>;
}

const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

/** What the server serves: in two requests, or, from one older than 1.26, in one for each version of each group. */
export async function discover(connection: Connection): Promise<Discovery> {
  const kinds: ServedKind[] = [];
  const unread = new Map<string, string>();
  for (const root of ['/api', '/apis']) {
    const body = bodyOf(await connection.get(root, AGGREGATED), root);
    if (body.kind === 'APIGroupDiscoveryList') readAggregated(body, kinds, unread);
    else await readOneByOne(connection, root, body, kinds, unread);
  }
  return { kinds, unread };
}

/** The object that was answered. Throws `source-unreadable` with what the server said instead. */
export function bodyOf({ status, text }: Answer, path: string): JsonObject {
  if (status === 200) {
    const value = parsed(text);
    if (isObject(value)) return value;
    throw unreachable(`the server's answer to GET ${path} is no JSON object: is it an API server?`);
  }
  const why = messageOf(text);
  if (status === 401) throw unreachable(`the server does not know who asks (401)${why}: are the credentials still good?`);
  throw unreachable(`the server answers GET ${path} with ${status}${why}`);
}

/** What a Status says, after a colon. */
export function messageOf(text: string): string {
  const message = textIn(parsed(text), 'message');
  return message === undefined ? '' : `: ${message}`;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

function readAggregated(body: JsonObject, kinds: ServedKind[], unread: Map<string, string>): void {
  for (const one of objectsIn(body, 'items')) {
    const group = textIn(one.metadata, 'name') ?? '';
    for (const served of objectsIn(one, 'versions')) {
      const version = textIn(served, 'version') ?? '';
      const resources = objectsIn(served, 'resources');
      // What was known of a server behind this one before it went away.
      if (served.freshness === 'Stale' && resources.length === 0) unread.set(`${group}/${version}`, 'its server does not answer');
      for (const resource of resources) {
        const kind = textIn(resource.responseKind, 'kind');
        const plural = textIn(resource, 'resource');
        if (kind === undefined || plural === undefined) continue;
        kinds.push({ group, version, kind, plural, isNamespaced: resource.scope === 'Namespaced', verbs: textsIn(resource, 'verbs') });
      }
    }
  }
}

async function readOneByOne(
  connection: Connection,
  root: string,
  body: JsonObject,
  kinds: ServedKind[],
  unread: Map<string, string>,
): Promise<void> {
  const versions =
    root === '/api'
      ? textsIn(body, 'versions')
      : objectsIn(body, 'groups').flatMap((group) => objectsIn(group, 'versions').map((one) => textIn(one, 'groupVersion') ?? ''));
  const answers = await Promise.all(versions.map(async (one) => [one, await connection.get(`${root}/${one}`)] as const));
  for (const [groupVersion, answer] of answers) {
    const [version = '', group = ''] = groupVersion.split('/').reverse();
    if (answer.status !== 200) {
      unread.set(`${group}/${version}`, `the server answers ${answer.status}${messageOf(answer.text)}`);
      continue;
    }
    for (const resource of objectsIn(bodyOf(answer, `${root}/${groupVersion}`), 'resources')) {
      const kind = textIn(resource, 'kind');
      const plural = textIn(resource, 'name');
      // `deployments/scale` is no kind of its own.
      if (kind === undefined || plural === undefined || plural.includes('/')) continue;
      kinds.push({ group, version, kind, plural, isNamespaced: resource.namespaced === true, verbs: textsIn(resource, 'verbs') });
    }
  }
}

function objectsIn(value: JsonValue, key: string): readonly JsonObject[] {
  const list = member(value, key);
  return isArray(list) ? list.filter(isObject) : [];
}

function textsIn(value: JsonValue, key: string): readonly string[] {
  const list = member(value, key);
  return isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
