import { isArray, isObject, type JsonObject, member } from '@plumbline/core';
import { unreachable } from './cluster-error.ts';
import type { Connection } from './connection.ts';
import { messageOf, type ServedKind } from './discovery.ts';
import { textIn } from './kubeconfig.ts';
import { readJson } from './read-json.ts';

/** Objects of a kind to ask for. */
export interface ListRequest {
  readonly kind: ServedKind;
  /** Undefined: those of every namespace, or of none. */
  readonly namespace?: string | undefined;
  /** `name=value,…` */
  readonly labelSelector?: string | undefined;
}

/** What came of it: the objects, each with its apiVersion and kind, or why there are none to be seen. */
export type Listing = { readonly objects: readonly JsonObject[] } | { readonly unread: string; readonly isForbidden: boolean };

/** Objects a page. */
const LIMIT = 500;

/** All pages of a list. One that grew too old to go on with is begun anew, once, as a whole. */
export async function list(connection: Connection, request: ListRequest): Promise<Listing> {
  return (await pages(connection, request, LIMIT)) ?? (await pages(connection, request, undefined)) ?? refused(410, '');
}

/** Undefined where the server does not know any more where the next page begins. */
async function pages(connection: Connection, request: ListRequest, limit: number | undefined): Promise<Listing | undefined> {
  const { kind } = request;
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const objects: JsonObject[] = [];
  let from: string | undefined;
  do {
    const path = pathOf(request, limit, from);
    const { status, text } = await connection.get(path);
    if (status === 401) throw unreachable(`the server does not know who asks (401)${messageOf(text)}: are the credentials still good?`);
    if (status === 410 && from !== undefined) return undefined;
    if (status !== 200) return refused(status, text);
    const body = readJson(text);
    const items = member(body, 'items');
    if (!isArray(items)) return refused(status, '{"message":"it is no list"}');
    // Items of a typed list leave out what the list says of all.
    for (const item of items) if (isObject(item)) objects.push({ ...item, apiVersion, kind: kind.kind });
    from = textIn(member(body, 'metadata'), 'continue');
  } while (from !== undefined);
  return { objects };
}

function refused(status: number, text: string): Listing {
  const why = messageOf(text);
  return status === 403
    ? { unread: `the kind may not be listed (403)${why}`, isForbidden: true }
    : { unread: `the server answers the list with ${status}${why}`, isForbidden: false };
}

/** Where the objects of a request are. */
export function pathOf({ kind, namespace, labelSelector }: ListRequest, limit?: number, from?: string): string {
  const base = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const place = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const asked: Record<string, string> = {};
  if (limit !== undefined) asked.limit = String(limit);
  if (labelSelector !== undefined) asked.labelSelector = labelSelector;
  if (from !== undefined) asked.continue = from;
  const query = new URLSearchParams(asked).toString();
  return `${base}${place}/${kind.plural}${query === '' ? '' : `?${query}`}`;
}
