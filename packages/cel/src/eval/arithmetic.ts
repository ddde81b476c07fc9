import { Bytes, compareBytes } from '../value/bytes.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { List } from '../value/list.ts';
import { CelMap } from '../value/map.ts';
import { checkedInt, checkedUInt, compareNumbers, Double, isInt, isNumeric, MIN_INT, toInt, UInt } from '../value/numbers.ts';
import { checkedTimestamp } from '../value/parse-time.ts';
import { characters } from '../value/size.ts';
import { Duration, Timestamp } from '../value/time.ts';
import type { Result, Value } from '../value/value.ts';

// The operators, for any values: which overload applies shows in the values.

type Binary = (left: Value, right: Value) => Result;

function unsupported(operator: string): CelError {
  return new CelError(`no such overload: ${operator}`);
}

export const add: Binary = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    return Number.isSafeInteger(sum) ? sum : checkedInt(BigInt(left) + BigInt(right));
  }
  if (typeof left === 'string') return typeof right === 'string' ? left + right : noSuchOverload();
  if (isInt(left)) return isInt(right) ? checkedInt(BigInt(left) + BigInt(right)) : noSuchOverload();
  if (left instanceof List) return right instanceof List ? left.plus(right) : noSuchOverload();
  if (left instanceof Double) return right instanceof Double ? new Double(left.value + right.value) : noSuchOverload();
  if (left instanceof UInt) return right instanceof UInt ? checkedUInt(left.value + right.value) : noSuchOverload();
  if (left instanceof Bytes) {
    if (!(right instanceof Bytes)) return noSuchOverload();
    const joined = new Uint8Array(left.bytes.length + right.bytes.length);
    joined.set(left.bytes);
    joined.set(right.bytes, left.bytes.length);
    return new Bytes(joined);
  }
  if (left instanceof Duration) {
    if (right instanceof Duration) return duration(left.nanos + right.nanos);
    return right instanceof Timestamp ? moved(right, left.nanos) : noSuchOverload();
  }
  if (left instanceof Timestamp) return right instanceof Duration ? moved(left, right.nanos) : noSuchOverload();
  return unsupported('_+_');
};

export const subtract: Binary = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    return Number.isSafeInteger(difference) ? difference : checkedInt(BigInt(left) - BigInt(right));
  }
  if (isInt(left)) return isInt(right) ? checkedInt(BigInt(left) - BigInt(right)) : noSuchOverload();
  if (left instanceof Double) return right instanceof Double ? new Double(left.value - right.value) : noSuchOverload();
  if (left instanceof UInt) return right instanceof UInt ? checkedUInt(left.value - right.value) : noSuchOverload();
  if (left instanceof Duration) return right instanceof Duration ? duration(left.nanos - right.nanos) : noSuchOverload();
  if (left instanceof Timestamp) {
    if (right instanceof Duration) return moved(left, -right.nanos);
    if (!(right instanceof Timestamp)) return noSuchOverload();
    return duration(BigInt(left.seconds - right.seconds) * 1_000_000_000n + BigInt(left.nanos - right.nanos));
  }
  return unsupported('_-_');
};

export const multiply: Binary = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    // Zero has one form: no -0 among ints.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  if (isInt(left)) return isInt(right) ? checkedInt(BigInt(left) * BigInt(right)) : noSuchOverload();
  if (left instanceof Double) return right instanceof Double ? new Double(left.value * right.value) : noSuchOverload();
  if (left instanceof UInt) return right instanceof UInt ? checkedUInt(left.value * right.value) : noSuchOverload();
  return unsupported('_*_');
};

export const divide: Binary = (left, right) => {
  if (isInt(left)) {
    if (!isInt(right)) return noSuchOverload();
    return right === 0 ? new CelError('division by zero') : checkedInt(BigInt(left) / BigInt(right));
  }
  if (left instanceof Double) return right instanceof Double ? new Double(left.value / right.value) : noSuchOverload();
  if (left instanceof UInt) {
    if (!(right instanceof UInt)) return noSuchOverload();
    return right.value === 0n ? new CelError('division by zero') : new UInt(left.value / right.value);
  }
  return unsupported('_/_');
};

export const modulo: Binary = (left, right) => {
  if (isInt(left)) {
    if (!isInt(right)) return noSuchOverload();
    if (right === 0) return new CelError('modulus by zero');
    if (left === MIN_INT && right === -1) return new CelError('integer overflow');
    return toInt(BigInt(left) % BigInt(right));
  }
  if (left instanceof UInt) {
    if (!(right instanceof UInt)) return noSuchOverload();
    return right.value === 0n ? new CelError('modulus by zero') : new UInt(left.value % right.value);
  }
  return unsupported('_%_');
};

export function negate(value: Value): Result {
  if (isInt(value)) return checkedInt(-BigInt(value));
  if (value instanceof Double) return new Double(-value.value);
  if (value instanceof Duration) return duration(-value.nanos);
  return typeof value === 'boolean' ? noSuchOverload() : unsupported('-_');
}

export function duration(nanos: bigint): Duration | CelError {
  return typeof checkedInt(nanos) === 'object' ? new CelError('integer overflow') : new Duration(nanos);
}

function moved(time: Timestamp, nanos: bigint): Result {
  const total = BigInt(time.nanos) + nanos;
  const billion = 1_000_000_000n;
  const rest = ((total % billion) + billion) % billion;
  const seconds = time.seconds + Number((total - rest) / billion);
  return checkedTimestamp(seconds, Number(rest), time.offsetSeconds);
}

/** The order of two values of one type, or of two numbers: −1, 0 or 1. */
export function compare(left: Value, right: Value, operator: string): number | CelError {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string') return typeof right === 'string' ? compareTexts(left, right) : noSuchOverload();
  if (isNumeric(left)) {
    if (!isNumeric(right)) return noSuchOverload();
    return compareNumbers(left, right) ?? new CelError('NaN values cannot be ordered');
  }
  if (typeof left === 'boolean') return typeof right === 'boolean' ? Number(left) - Number(right) : noSuchOverload();
  if (left instanceof Bytes) return right instanceof Bytes ? compareBytes(left.bytes, right.bytes) : noSuchOverload();
  if (left instanceof Timestamp)
    return right instanceof Timestamp ? Math.sign(left.seconds - right.seconds || left.nanos - right.nanos) : noSuchOverload();
  if (left instanceof Duration) {
    if (!(right instanceof Duration)) return noSuchOverload();
    return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  }
  return unsupported(operator);
}

/** By code points, as bytes of UTF-8 compare; JavaScript would compare UTF-16 units. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return weight(a) < weight(b) ? -1 : 1;
  }
  return left.length < right.length ? -1 : 1;
}

function weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export function isIn(value: Value, container: Value): Result {
  if (container instanceof List) return container.contains(value);
  if (container instanceof CelMap) {
    const found = container.find(value);
    return found instanceof CelError ? found : found !== undefined;
  }
  return noSuchOverload();
}

export function size(value: Value): Result {
  if (typeof value === 'string') return characters(value);
  if (value instanceof List || value instanceof CelMap || value instanceof Bytes) return value.size();
  return unsupported('size');
}
