import { ConfigError, closest, member, type Resource, stringify } from '@plumbline/core';
import type { ServedKind } from '../cluster/discovery.ts';
import { isMadeFor, kindsInUse } from '../cluster/kinds-in-use.ts';
import type { ListRequest } from '../cluster/list.ts';
import type { Live, Unread } from '../cluster/live.ts';
import { hashSecret } from './hash-secrets.ts';
import { newKey } from './snapshot-key.ts';
import type { KindLine, SnapshotHead } from './snapshot-lines.ts';

export interface SnapshotOptions {
  /** `Deployment`, `Deployment.apps`, `apps/v1/Deployment`; every kind that a source may hold where there is none. */
  readonly kinds?: readonly string[];
  /** Every namespace where there is none. */
  readonly namespaces?: readonly string[];
  /** A text that the hashes of Secrets hang on, beside the salt in the snapshot. */
  readonly key?: string | undefined;
  readonly isBuiltinGroup: (group: string) => boolean;
}

export interface Snapshot {
  /** JSON lines (`snapshot-lines.ts`). */
  readonly lines: Iterable<string>;
  readonly objects: number;
  /** Kinds that could not be read, with the reason. */
  readonly unread: readonly Unread[];
}

/** What a cluster holds, as text: the same bytes for the same state. Throws `usage` for a kind that the server does not have. */
export async function takeSnapshot(live: Live, options: SnapshotOptions): Promise<Snapshot> {
  const asked = options.kinds ?? [];
  const kinds = asked.length === 0 ? kindsInUse(live.kinds) : asked.map((name) => kindNamed(name, live.kinds));
  const namespaces = [...new Set(options.namespaces ?? [])].sort();
  const { resources, unread } = await live.read(kinds.flatMap((kind) => requestsFor(kind, namespaces)));
  const definitions = await live.definitions(kinds.filter(({ group }) => !options.isBuiltinGroup(group)));
  const { info, hash } = newKey(identityOf(resources), options.key);
  const held = resources.filter(({ object, gvk }) => !isMadeFor(object, gvk)).sort(byIdentity);
  const head: SnapshotHead = { schemaVersion: 1, source: live.source, version: live.version, namespaces, key: info };
  const kindLines = live.kinds.map((kind) => kindLine(kind, kinds.includes(kind), unread));
  function* lines(): Generator<string> {
    yield `${JSON.stringify({ snapshot: head })}\n`;
    for (const line of kindLines) yield `${JSON.stringify({ kind: line })}\n`;
    for (const [version, reason] of live.unreadVersions) yield `${JSON.stringify({ unreadVersion: { version, reason } })}\n`;
    for (const { object } of definitions) yield `${stringify({ definition: object })}\n`;
    for (const { object } of held) yield `${stringify({ object: hashSecret(object, hash) })}\n`;
  }
  return { lines: { [Symbol.iterator]: lines }, objects: held.length, unread };
}

/** What tells the cluster from every other one: its first namespace's uid, else any that it gave. */
function identityOf(resources: readonly Resource[]): string {
  const uidOf = ({ object }: Resource): string => String(member(object.metadata, 'uid') ?? '');
  const system = resources.find(({ gvk, name }) => gvk.kind === 'Namespace' && name === 'kube-system');
  return system === undefined ? (resources.map(uidOf).sort()[0] ?? '') : uidOf(system);
}

function requestsFor(kind: ServedKind, namespaces: readonly string[]): readonly ListRequest[] {
  return kind.isNamespaced && namespaces.length > 0 ? namespaces.map((namespace) => ({ kind, namespace })) : [{ kind }];
}

function kindLine(kind: ServedKind, isHeld: boolean, unread: readonly Unread[]): KindLine {
  const reasons = unread.filter((one) => one.kind === kind).map(({ namespace, reason }) => ({ namespace: namespace ?? '', reason }));
  return { ...kind, isHeld, ...(reasons.length === 0 ? {} : { unread: reasons }) };
}

function kindNamed(name: string, kinds: readonly ServedKind[]): ServedKind {
  const wanted = name.toLowerCase();
  const found = kinds.find(({ group, version, kind, plural }) =>
    [kind, plural, `${kind}.${group}`, `${plural}.${group}`, `${group}/${version}/${kind}`, `${version}/${kind}`].some(
      (one) => one.toLowerCase() === wanted,
    ),
  );
  if (found?.verbs.includes('list') === true) return found;
  if (found !== undefined) throw new ConfigError('usage', `objects of the kind ${found.kind} cannot be listed`);
  const near = closest(
    name,
    kinds.map(({ kind }) => kind),
  );
  throw new ConfigError('usage', `the server has no kind ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

function byIdentity(a: Resource, b: Resource): number {
  const [left, right] = [a, b].map(({ gvk, namespace, name }) => [gvk.group, gvk.kind, namespace ?? '', name, gvk.version].join('\n'));
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
