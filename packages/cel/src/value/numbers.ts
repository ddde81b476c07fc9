import { type CelType, DOUBLE, UINT } from '../types/type.ts';
import { CelError } from './cel-error.ts';
import { Boxed, type Value } from './value.ts';

export const MIN_INT = -(2n ** 63n);
export const MAX_INT = 2n ** 63n - 1n;
export const MAX_UINT = 2n ** 64n - 1n;

export class UInt extends Boxed {
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }

  typeOf(): CelType {
    return UINT;
  }

  equals(other: Value): boolean {
    return isNumeric(other) && compareNumbers(this, other) === 0;
  }
}

export class Double extends Boxed {
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  typeOf(): CelType {
    return DOUBLE;
  }

  equals(other: Value): boolean {
    return isNumeric(other) && compareNumbers(this, other) === 0;
  }
}

export type Int = number | bigint;

export function isInt(value: unknown): value is Int {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function isNumeric(value: unknown): value is Int | UInt | Double {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof UInt;
}

/** An int in its one form: a number while it is safe. */
export function toInt(value: bigint): Int {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** An int from exact arithmetic; an error beyond 64 bits. */
export function checkedInt(value: bigint): Int | CelError {
  return value < MIN_INT || value > MAX_INT ? new CelError('integer overflow') : toInt(value);
}

export function checkedUInt(value: bigint): UInt | CelError {
  return value < 0n || value > MAX_UINT ? new CelError('unsigned integer overflow') : new UInt(value);
}

/** The order of two numbers across types; NaN is in no order (undefined). An int beside a double is rounded to one, as the server has it. */
export function compareNumbers(a: Int | UInt | Double, b: Int | UInt | Double): number | undefined {
  const left = a instanceof Boxed ? a.value : a;
  const right = b instanceof Boxed ? b.value : b;
  const isRounded = a instanceof Double !== b instanceof Double && isFinite64(left) && isFinite64(right);
  return isRounded ? order(Number(left), Number(right)) : order(left, right);
}

/** Beyond 64 bits a double is not rounded to: it is greater than every int. */
function isFinite64(value: number | bigint): boolean {
  return typeof value === 'bigint' || (value >= -(2 ** 63) && value <= 2 ** 64);
}

function order(left: number | bigint, right: number | bigint): number | undefined {
  if (left < right) return -1;
  if (left > right) return 1;
  return left <= right ? 0 : undefined;
}
