/**
 * Why a step gave no value. `not-evaluable` is ours: what the expression asks for cannot be known here (an authorizer);
 * `||`, `&&` and the macros absorb it as they absorb errors, so that it comes out only where the verdict hangs on it.
 */
export type ErrorClass = 'runtime' | 'not-evaluable';

export class CelError {
  readonly class: ErrorClass;
  readonly message: string;
  /** The node at which it arose; set once, by the first step that knows. */
  node: number | undefined;

  constructor(message: string, errorClass: ErrorClass = 'runtime') {
    this.message = message;
    this.class = errorClass;
    this.node = undefined;
  }
}

export function isError(value: unknown): value is CelError {
  return value instanceof CelError;
}

export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}
