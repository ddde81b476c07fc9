import {
  ANY,
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  NULL,
  type ScalarType,
  STRING,
  TIMESTAMP,
  UINT,
  wrapperOf,
} from '../types/type.ts';
import { Bytes } from '../value/bytes.ts';
import { CelError, isError } from '../value/cel-error.ts';
import { ArrayList, EMPTY_LIST, itemsOf, List } from '../value/list.ts';
import { CelMap, EntryMap } from '../value/map.ts';
import { Double, isInt, toInt, UInt } from '../value/numbers.ts';
import { Duration, Timestamp } from '../value/time.ts';
import type { Result, Value } from '../value/value.ts';

// The messages of google.protobuf that CEL has in every environment. Their values are CEL's own: a BoolValue is a bool.

interface Message {
  readonly type: CelType;
  readonly fields: ReadonlyMap<string, CelType>;
  create(fields: ReadonlyMap<string, Value>): Result;
}

let messages: ReadonlyMap<string, Message> | undefined;

/** The message of a full name. */
export function messageNamed(name: string): Message | undefined {
  if (!name.startsWith('google.protobuf.')) return undefined;
  messages ??= build();
  return messages.get(name.slice('google.protobuf.'.length));
}

function build(): ReadonlyMap<string, Message> {
  return new Map<string, Message>([
    ['BoolValue', wrapper(BOOL, () => false)],
    ['BytesValue', wrapper(BYTES, () => new Bytes(new Uint8Array()))],
    ['DoubleValue', wrapper(DOUBLE, () => new Double(0))],
    [
      'FloatValue',
      wrapper(
        DOUBLE,
        () => new Double(0),
        (value) => (value instanceof Double ? new Double(Math.fround(value.value)) : value),
      ),
    ],
    ['Int64Value', wrapper(INT, () => 0)],
    [
      'Int32Value',
      wrapper(
        INT,
        () => 0,
        (value) => (isInt(value) && (value > 2147483647 || value < -2147483648) ? overflow('integer', 'Int32Value') : value),
      ),
    ],
    ['UInt64Value', wrapper(UINT, () => new UInt(0n))],
    [
      'UInt32Value',
      wrapper(
        UINT,
        () => new UInt(0n),
        (value) => (value instanceof UInt && value.value > 4294967295n ? overflow('unsigned integer', 'UInt32Value') : value),
      ),
    ],
    ['StringValue', wrapper(STRING, () => '')],
    ['ListValue', message(listOf(DYN), { values: listOf(DYN) }, ({ values }) => asJson(values ?? EMPTY_LIST))],
    ['Struct', message(mapOf(STRING, DYN), { fields: mapOf(STRING, DYN) }, ({ fields }) => asJson(fields ?? new EntryMap()))],
    ['NullValue', message(NULL, {}, () => null)],
    ['Any', message(ANY, { type_url: STRING, value: BYTES }, () => new CelError('unsupported conversion of google.protobuf.Any'))],
    [
      'Timestamp',
      message(TIMESTAMP, { seconds: INT, nanos: INT }, ({ seconds, nanos }) => new Timestamp(Number(seconds ?? 0), Number(nanos ?? 0))),
    ],
    [
      'Duration',
      message(DURATION, { seconds: INT, nanos: INT }, ({ seconds, nanos }) => {
        const whole = isInt(seconds) ? BigInt(seconds) : 0n;
        return new Duration(whole * 1_000_000_000n + (isInt(nanos) ? BigInt(nanos) : 0n));
      }),
    ],
    ['Value', message(DYN, VALUE_FIELDS, firstOf)],
  ]);
}

const VALUE_FIELDS: Readonly<Record<string, CelType>> = {
  null_value: INT,
  number_value: DOUBLE,
  string_value: STRING,
  bool_value: BOOL,
  struct_value: mapOf(STRING, DYN),
  list_value: listOf(DYN),
};

function firstOf(fields: Readonly<Record<string, Value>>): Result {
  const [first] = Object.values(fields);
  return asJson(first ?? null);
}

/** A value as these messages hold it: all numbers are doubles, and integers that a double does not hold are texts. */
function asJson(value: Value): Result {
  const integer = value instanceof UInt ? toInt(value.value) : value;
  if (isInt(integer)) return typeof integer === 'number' ? new Double(integer) : String(integer);
  if (value instanceof List) return listAsJson(value);
  if (!(value instanceof CelMap)) return value;
  const map = new EntryMap();
  for (const key of value.keys()) {
    const held = value.find(key) ?? null;
    const plain = isError(held) ? held : asJson(held);
    if (isError(plain)) return plain;
    map.set(key, plain);
  }
  return map;
}

function listAsJson(list: List): Result {
  const items = itemsOf(list);
  if (isError(items)) return items;
  const plain: Value[] = [];
  for (const item of items) {
    const each = asJson(item);
    if (isError(each)) return each;
    plain.push(each);
  }
  return new ArrayList(plain);
}

function overflow(what: string, name: string): CelError {
  return new CelError(`field type conversion error for google.protobuf.${name}.value value type: ${what} overflow`);
}

function wrapper(of: ScalarType, zero: () => Value, narrow: (value: Value) => Result = (value) => value): Message {
  return message(wrapperOf(of), { value: of }, ({ value }) => (value === undefined || value === null ? zero() : narrow(value)));
}

function message(
  type: CelType,
  fields: Readonly<Record<string, CelType>>,
  create: (fields: Readonly<Record<string, Value>>) => Result,
): Message {
  return { type, fields: new Map(Object.entries(fields)), create: (values) => create(Object.fromEntries(values)) };
}
