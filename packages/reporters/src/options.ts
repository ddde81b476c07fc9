import type { Severity } from '@plumbline/core';

/** What a reporter may know beside the report; everything has a default that suits a log file. */
export interface RenderOptions {
  /** Terminal colours; off by default. */
  readonly color?: boolean;
  /** Columns to wrap at; 0 (the default) does not wrap. */
  readonly width?: number;
  /** The decoded text of a file of the report, for excerpts; undefined where it is not at hand. */
  readonly sources?: (path: string) => string | undefined;
  /** How many findings text shows; 50 by default. */
  readonly limit?: number;
  /** From which severity on a finding fails the run; `error` by default. */
  readonly failOn?: Severity;
  /** Text without findings' excerpts and remedies: one line each. */
  readonly quiet?: boolean;
}
