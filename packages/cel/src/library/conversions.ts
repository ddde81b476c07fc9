import { Bytes } from '../value/bytes.ts';
import { CelError } from '../value/cel-error.ts';
import { formatDouble, formatDuration, formatTimestamp } from '../value/format-value.ts';
import { checkedInt, checkedUInt, Double, type Int, isInt, UInt } from '../value/numbers.ts';
import { checkedTimestamp, parseDuration, parseTimestamp } from '../value/parse-time.ts';
import { Duration, MAX_SECONDS, MIN_SECONDS, Timestamp } from '../value/time.ts';
import { typeOfValue } from '../value/type-of.ts';
import { runtimeName, TypeValue } from '../value/type-value.ts';
import type { Result, Value } from '../value/value.ts';
import { declare, type Implementation, type Library } from './function.ts';

/** Conversions between types, and `type()`. Of constants they cost nothing: they are made once. */
export const CONVERSIONS: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'dyn',
  'int',
  'string',
  'timestamp',
  'type',
  'uint',
]);

const same: Implementation = ([value = null]) => value;

function of(convert: (value: Value) => Result): Implementation {
  return ([value = null]) => convert(value);
}

export function conversions(): Library {
  const [toInt, toUInt, toDouble, toText, toBytes] = [of(int), of(uint), of(double), of(text), of(bytes)];
  return {
    functions: [
      declare('type', [['type', '(A): type(A)', of((value) => new TypeValue(runtimeName(typeOfValue(value))))]]),
      declare('dyn', [['to_dyn', '(A): dyn', same]]),
      declare('bool', [
        ['bool_to_bool', '(bool): bool', same],
        ['string_to_bool', '(string): bool', of(bool)],
      ]),
      declare('bytes', [
        ['bytes_to_bytes', '(bytes): bytes', same],
        ['string_to_bytes', '(string): bytes', toBytes],
      ]),
      declare('double', [
        ['double_to_double', '(double): double', same],
        ['int64_to_double', '(int): double', toDouble],
        ['string_to_double', '(string): double', toDouble],
        ['uint64_to_double', '(uint): double', toDouble],
      ]),
      declare('duration', [
        ['duration_to_duration', '(duration): duration', same],
        ['string_to_duration', '(string): duration', of(duration)],
      ]),
      declare('int', [
        ['int64_to_int64', '(int): int', same],
        ['double_to_int64', '(double): int', toInt],
        ['duration_to_int64', '(duration): int', toInt],
        ['string_to_int64', '(string): int', toInt],
        ['timestamp_to_int64', '(timestamp): int', toInt],
        ['uint64_to_int64', '(uint): int', toInt],
      ]),
      declare('string', [
        ['string_to_string', '(string): string', same],
        ['bool_to_string', '(bool): string', toText],
        ['bytes_to_string', '(bytes): string', toText],
        ['double_to_string', '(double): string', toText],
        ['duration_to_string', '(duration): string', toText],
        ['int64_to_string', '(int): string', toText],
        ['timestamp_to_string', '(timestamp): string', toText],
        ['uint64_to_string', '(uint): string', toText],
      ]),
      declare('timestamp', [
        ['timestamp_to_timestamp', '(timestamp): timestamp', same],
        ['int64_to_timestamp', '(int): timestamp', of(timestamp)],
        ['string_to_timestamp', '(string): timestamp', of(timestamp)],
      ]),
      declare('uint', [
        ['uint64_to_uint64', '(uint): uint', same],
        ['double_to_uint64', '(double): uint', toUInt],
        ['int64_to_uint64', '(int): uint', toUInt],
        ['string_to_uint64', '(string): uint', toUInt],
      ]),
    ],
    types: [],
  };
}

function noConversion(value: Value, to: string): CelError {
  return new CelError(`type conversion error from '${runtimeName(typeOfValue(value))}' to '${to}'`);
}

function bool(value: Value): Result {
  if (typeof value === 'string') {
    if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
    if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  }
  return noConversion(value, 'bool');
}

function bytes(value: Value): Result {
  return typeof value === 'string' ? new Bytes(new TextEncoder().encode(value)) : noConversion(value, 'bytes');
}

export function duration(value: Value): Result {
  const parsed = typeof value === 'string' ? parseDuration(value) : undefined;
  return parsed ?? noConversion(value, 'google.protobuf.Duration');
}

export function timestamp(value: Value): Result {
  if (isInt(value)) {
    return value < MIN_SECONDS || value > MAX_SECONDS ? new CelError('timestamp overflow') : new Timestamp(Number(value), 0);
  }
  const parsed = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (parsed === undefined) return noConversion(value, 'google.protobuf.Timestamp');
  return checkedTimestamp(parsed.seconds, parsed.nanos, parsed.offsetSeconds);
}

function int(value: Value): Result {
  if (value instanceof UInt) return checkedInt(value.value);
  if (value instanceof Double) return truncated(value.value);
  if (value instanceof Duration) return checkedInt(value.nanos);
  if (value instanceof Timestamp) return value.seconds;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) {
    const parsed = checkedInt(BigInt(value.replace(/^\+/, '')));
    if (isInt(parsed)) return parsed;
  }
  return noConversion(value, 'int');
}

/** The bounds themselves are out: a double so large may be a rounded one beyond them. */
function truncated(value: number): Int | CelError {
  if (!Number.isFinite(value) || value <= -(2 ** 63) || value >= 2 ** 63) return new CelError('integer overflow');
  return checkedInt(BigInt(Math.trunc(value)));
}

function uint(value: Value): Result {
  if (isInt(value)) return checkedUInt(BigInt(value));
  if (value instanceof Double) {
    const number = value.value;
    if (!Number.isFinite(number) || number < 0 || number >= 2 ** 64) return new CelError('unsigned integer overflow');
    return new UInt(BigInt(Math.trunc(number)));
  }
  if (typeof value === 'string' && /^\d+$/.test(value)) {
    const parsed = checkedUInt(BigInt(value));
    if (parsed instanceof UInt) return parsed;
  }
  return noConversion(value, 'uint');
}

function double(value: Value): Result {
  if (isInt(value)) return new Double(Number(value));
  if (value instanceof UInt) return new Double(Number(value.value));
  const parsed = typeof value === 'string' ? parseDouble(value) : undefined;
  return parsed === undefined ? noConversion(value, 'double') : new Double(parsed);
}

/** A number as Go reads it: decimal, single underscores between digits; `inf`, `NaN` in any case; hexadecimal with an exponent. */
export function parseDouble(text: string): number | undefined {
  const source = text.replace(/(?<=[0-9a-fA-FxX])_(?=[0-9a-fA-F])/g, '');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(source)) {
    const number = Number(source);
    return Number.isFinite(number) ? number : undefined;
  }
  if (/^nan$/i.test(source)) return Number.NaN;
  if (/^[+-]?inf(?:inity)?$/i.test(source)) return source.startsWith('-') ? -Infinity : Infinity;
  const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/.exec(source);
  if (hexadecimal === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = hexadecimal;
  if (whole + fraction === '') return undefined;
  const number = Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return Number.isFinite(number) ? (sign === '-' ? -number : number) : undefined;
}

function text(value: Value): Result {
  if (typeof value === 'boolean' || isInt(value)) return String(value);
  if (value instanceof UInt) return String(value.value);
  if (value instanceof Double) return formatDouble(value.value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.bytes);
    } catch {
      return new CelError('invalid UTF-8 in bytes, cannot convert to string');
    }
  }
  return noConversion(value, 'string');
}
