import type { JsonValue } from '@plumbline/core';
import type { Draft } from './draft.ts';

/**
 * What the server fills in of one Go type: the function of that name in `defaults.go`, or literals (`+default` markers).
 * `run` edits the draft, sees the whole of the object below it and nothing above. Structures that Go holds by value are there.
 */
export interface Defaulter {
  /** The server's own name of it. */
  readonly by: string;
  run(draft: Draft, minor: number): void;
}

/** By the name of the type as schemas/kubernetes writes it (`core.v1.Container`). */
export type Defaulters = Readonly<Record<string, readonly Defaulter[]>>;

export function defaulter(by: string, run: (draft: Draft, minor: number) => void): readonly Defaulter[] {
  return [{ by: `SetDefaults_${by}`, run }];
}

/** A member that is absent (a pointer) or zero (a value) gets a literal. */
export interface Literal {
  readonly pointers?: Readonly<Record<string, JsonValue>>;
  readonly values?: Readonly<Record<string, JsonValue>>;
}
