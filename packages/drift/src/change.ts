import type { FieldPath, JsonValue } from '@plumbline/core';

/** Who set a field of a live object, as its managedFields say. */
export interface Owner {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  /** RFC 3339 */
  readonly time?: string;
}

/**
 * `drift`: desired and actual disagree on what the source owns. `unmanaged`: somebody else's, and left alone. `ignored`: a waiver or a
 * built-in set covers it. `server`: the server's own doing.
 */
export type ChangeClass = 'drift' | 'unmanaged' | 'ignored' | 'server';

/** One difference. `before` is actual, `after` desired; an absent member means an absent field. */
export interface DriftChange {
  /** Into the desired object; where only the live one has the field, into that. */
  readonly path: FieldPath;
  /** Into the live object, where items of keyed lists may stand elsewhere; ends with '-' for an item that its list does not have. */
  readonly live: FieldPath;
  readonly op: 'add' | 'remove' | 'replace';
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly class: ChangeClass;
  readonly owner?: Owner;
  /** Why it counts, or does not. */
  readonly why?: string;
  /** The server refuses the change: the object has to be replaced. The reason, as a clause. */
  readonly immutable?: string;
}
