import { encodeBase64 } from './base64.ts';
import { Bytes } from './bytes.ts';
import { isError } from './cel-error.ts';
import { formatDouble, formatDuration, formatTimestamp } from './format-value.ts';
import { itemsOf, List } from './list.ts';
import { CelMap } from './map.ts';
import { Double, UInt } from './numbers.ts';
import { Optional } from './optional.ts';
import { BuiltStruct } from './struct.ts';
import { Duration, Timestamp } from './time.ts';
import { typeOfValue } from './type-of.ts';
import { runtimeName, TypeValue } from './type-value.ts';
import type { Value } from './value.ts';

/** A value taken apart, for who prints or compares it. */
export type DescribedValue =
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Value, Value])[] }
  | { readonly kind: 'optional'; readonly value: Value | undefined }
  | { readonly kind: 'type'; readonly name: string }
  /** Numbers as text, so that nothing is lost; bytes in base64. */
  | { readonly kind: 'plain'; readonly type: string; readonly value: string | boolean | null };

export function describeValue(value: Value): DescribedValue {
  if (value instanceof List) {
    const items = itemsOf(value);
    return { kind: 'list', items: isError(items) ? [] : items };
  }
  if (value instanceof CelMap) {
    const entries = value.keys().map((key) => [key, value.find(key)] as const);
    return { kind: 'map', entries: entries.map(([key, item]) => [key, item === undefined || isError(item) ? null : item]) };
  }
  if (value instanceof BuiltStruct) return { kind: 'map', entries: [...value.fields] };
  if (value instanceof Optional) return { kind: 'optional', value: value.value };
  if (value instanceof TypeValue) return { kind: 'type', name: value.name };
  return { kind: 'plain', type: runtimeName(typeOfValue(value)), value: plainText(value) };
}

function plainText(value: Value): string | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (value instanceof UInt) return String(value.value);
  if (value instanceof Double) return doubleText(value.value);
  if (value instanceof Bytes) return encodeBase64(value.bytes);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  return String(value);
}

function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) || Number.isNaN(value) ? String(value) : formatDouble(value);
}
