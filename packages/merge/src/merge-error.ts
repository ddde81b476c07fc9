/** Why a patch cannot be made or applied. Callers match on `code`; messages are those of the server where it has one. */
export type MergeErrorCode =
  /** Not JSON. */
  | 'invalid-json'
  /** A patch that is no patch: an unknown operation, a directive of the wrong form. */
  | 'invalid-patch'
  /** A JSON patch names a place that is not there. */
  | 'no-such-path'
  /** A `test` operation found something else. */
  | 'test-failed'
  /** The schema does not know the field, or values do not fit it. */
  | 'invalid-value'
  /** Both sides changed the same field. */
  | 'conflict'
  /** A merge patch cannot say a null. */
  | 'lossy'
  /** managedFields that cannot be read. */
  | 'invalid-managed-fields';

export class MergeError extends Error {
  readonly code: MergeErrorCode;
  /** Of the JSON patch operation that failed, from 0. */
  readonly operation: number | undefined;
  constructor(code: MergeErrorCode, message: string, options: { cause?: unknown; operation?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MergeError';
    this.code = code;
    this.operation = options.operation;
  }
}
