import { Bytes } from './bytes.ts';
import { List } from './list.ts';
import { CelMap } from './map.ts';
import { Double, UInt } from './numbers.ts';
import { Optional } from './optional.ts';
import { BuiltStruct } from './struct.ts';
import { Duration, MIN_SECONDS, Timestamp } from './time.ts';
import type { Value } from './value.ts';

/** Whether a value is its type's zero, empty, or null. */
export function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0 || value === '') return true;
  if (value instanceof UInt) return value.value === 0n;
  if (value instanceof Double) return value.value === 0;
  if (value instanceof List || value instanceof CelMap || value instanceof Bytes) return value.size() === 0;
  if (value instanceof Duration) return value.nanos === 0n;
  if (value instanceof Timestamp) return value.seconds === MIN_SECONDS && value.nanos === 0;
  if (value instanceof BuiltStruct) return value.fields.size === 0;
  return value instanceof Optional && value.value === undefined;
}
