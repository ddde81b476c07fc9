import type { Resource } from '@plumbline/core';
import type { ServedKind } from './discovery.ts';
import { isMadeFor, kindsInUse } from './kinds-in-use.ts';
import type { ListRequest } from './list.ts';
import type { Live } from './live.ts';

/** Where objects may be that a source applied and does not have any more. */
export interface Scope {
  /** Undefined: everywhere. */
  readonly namespace?: string;
  readonly labelSelector?: string;
}

/** What is live in the scopes, of every kind that a source may hold; and the kinds that could not be looked through. */
export async function readOwned(
  live: Live,
  scopes: readonly Scope[],
): Promise<{ readonly resources: readonly Resource[]; readonly unread: ReadonlyMap<ServedKind, string> }> {
  const requests = kindsInUse(live.kinds).flatMap((kind) => scopes.flatMap((scope) => requestOf(kind, scope)));
  const { resources, unread } = requests.length === 0 ? { resources: [], unread: [] } : await live.read(requests);
  return {
    resources: resources.filter(({ object, gvk }) => !isMadeFor(object, gvk)),
    unread: new Map(unread.map(({ kind, reason }) => [kind, reason])),
  };
}

/** A namespace has no objects of kinds without one. */
function requestOf(kind: ServedKind, scope: Scope): readonly ListRequest[] {
  return scope.namespace !== undefined && !kind.isNamespaced ? [] : [{ kind, ...scope }];
}
