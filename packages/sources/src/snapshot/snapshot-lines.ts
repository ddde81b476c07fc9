import type { ServedKind } from '../cluster/discovery.ts';
import type { KeyInfo } from './snapshot-key.ts';

// A snapshot is JSON lines, each an object of one member: `snapshot` first (the head), then `kind` for each that the server has,
// `unreadVersion`, `definition` (CustomResourceDefinitions), and `object`.

export interface SnapshotHead {
  readonly schemaVersion: 1;
  /** What it was taken of. */
  readonly source: string;
  /** Of the server: `v1.37.2`. */
  readonly version: string;
  /** The namespaces that it holds; every one where there is none. */
  readonly namespaces: readonly string[];
  readonly key: KeyInfo;
}

export interface KindLine extends ServedKind {
  /** Whether its objects were asked for. */
  readonly isHeld: boolean;
  /** Where they could not be read; `''` is everywhere. */
  readonly unread?: readonly { readonly namespace: string; readonly reason: string }[];
}
