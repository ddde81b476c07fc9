import type { JsonObject, Resource, Unit } from '@plumbline/core';
import type { ServedKind } from './discovery.ts';
import { textIn } from './kubeconfig.ts';
import type { ListRequest } from './list.ts';

/** Objects as they are, from a cluster or a snapshot of one. */
export interface Live {
  /** The SOURCE: `cluster:live`, `snapshot:live.json`. */
  readonly source: string;
  /** Of the server: `v1.37.2`. */
  readonly version: string;
  /** Kinds that the server serves; versions of a group in the order that it prefers. */
  readonly kinds: readonly ServedKind[];
  /** `GROUP/VERSION` that could not be looked up, with the reason. */
  readonly unreadVersions: ReadonlyMap<string, string>;
  /** Reads what is asked for; what may not be read is no failure. */
  read(requests: readonly ListRequest[]): Promise<LiveObjects>;
  /** The CustomResourceDefinitions of kinds, as far as they may be read. */
  definitions(kinds: readonly ServedKind[]): Promise<readonly Resource[]>;
  close(): void;
}

export interface LiveObjects {
  readonly resources: readonly Resource[];
  readonly unread: readonly Unread[];
}

/** Objects that there may be and that could not be read. */
export interface Unread {
  readonly kind: ServedKind;
  /** Undefined: of every namespace. */
  readonly namespace: string | undefined;
  readonly reason: string;
}

const START = { line: 1, column: 1, endLine: 1, endColumn: 1 };
const NOTHING = new Uint8Array();

/** The unit of everything that a source holds. */
export function liveUnit(source: string): Unit {
  return { id: source, kind: 'files', root: source, versions: [], state: 'as-applied' };
}

/** An object of a server; it stands in no file, so its document is one of no text, `SOURCE/apps/v1/Deployment/NAMESPACE/NAME`. */
export function liveResource(
  object: JsonObject,
  { group, version, kind }: Pick<ServedKind, 'group' | 'version' | 'kind'>,
  unit: Unit,
): Resource {
  const name = textIn(object.metadata, 'name') ?? '';
  const namespace = textIn(object.metadata, 'namespace');
  const path = [unit.root, ...(group === '' ? [] : [group]), version, kind, ...(namespace === undefined ? [] : [namespace]), name].join(
    '/',
  );
  const document = { file: { path, bytes: NOTHING }, index: 0, value: object, problems: [], range: START, text: '', rangeOf: () => START };
  return { gvk: { group, version, kind }, namespace, name, object, document, root: [], unit };
}
