import {
  type FieldPath,
  formatQuantity,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  parseQuantity,
  setMember,
} from '@plumbline/core';
import { BOOLEAN, INT_OR_STRING, INT32, INT64, LIST, MAP, NUMBER, OBJECT, QUANTITY, STRING, type Type, typeOf } from '../type.ts';
import type { Defaulters } from './defaulter.ts';
import { copyOf, type Draft, type DraftValue, get, isDraft, isZero, setIfAbsent, setIfZero } from './draft.ts';
import { planOf } from './plan.ts';
import { canonical } from './scalar-form.ts';

/** Called around each change of a draft, so that an explanation can tell who made it. */
export type Watch = (by: string, draft: Draft, path: FieldPath, change: () => void) => void;

export interface Filling {
  readonly defaulters: Defaulters;
  readonly minor: number;
  readonly watch: Watch | undefined;
}

/** The zero that Go writes of a scalar; undefined for what it writes as null. */
const ZEROS: Readonly<Record<number, DraftValue>> = {
  [STRING]: '',
  [INT32]: 0,
  [INT64]: 0,
  [NUMBER]: 0,
  [BOOLEAN]: false,
  [QUANTITY]: '0',
  [INT_OR_STRING]: 0,
};

/** As Go reads an object into its structures: nulls and unknown members gone, structures by value there, scalars canonical. */
export function decode(value: JsonObject, type: Type): Draft {
  const draft: Draft = {};
  for (const [name, one] of Object.entries(value)) {
    const field = type.fields?.get(name);
    if (one === null || (field === undefined && !type.isOpen)) continue;
    setMember(draft, name, field === undefined ? copyOf(one) : decodeValue(one, typeOf(field)));
  }
  for (const { name, field, written } of planOf(type)) {
    if (get(draft, name) !== undefined) continue;
    if (written === 'value' || written === 'bare') draft[name] = decode({}, typeOf(field));
    else if (written === 'always') {
      const zero = ZEROS[typeOf(field).code];
      if (zero !== undefined) draft[name] = zero;
    }
  }
  return draft;
}

function decodeValue(value: JsonValue, type: Type): DraftValue {
  const { code, item } = type;
  if (code === OBJECT && isObject(value) && type.fields !== undefined) return decode(value, type);
  if (code === LIST && isArray(value) && item !== undefined) return value.map((one) => decodeValue(one, typeOf(item)));
  if (code === MAP && isObject(value) && item !== undefined) {
    const map: Draft = {};
    for (const [key, one] of Object.entries(value)) setMember(map, key, decodeValue(one, typeOf(item)));
    return map;
  }
  return canonical(copyOf(value), code);
}

/** Runs the defaulters of an object and of what stands below it, outer ones first, as the generated code of the server does. */
export function fill(draft: Draft, type: Type, path: FieldPath, filling: Filling): void {
  // Its group has no defaulting.
  if (type.name === 'node.v1.RuntimeClass') return;
  const { watch } = filling;
  const run = (by: string, change: () => void): void => (watch === undefined ? change() : watch(by, draft, path, change));
  const own = Object.hasOwn(filling.defaulters, type.name) ? filling.defaulters[type.name] : undefined;
  for (const defaulter of own ?? []) run(defaulter.by, () => defaulter.run(draft, filling.minor));
  for (const { name, field, written, preset } of planOf(type)) {
    if (preset !== undefined) run(`+default of ${type.name}`, () => (written === 'pointer' ? setIfAbsent : setIfZero)(draft, name, preset));
    const value = get(draft, name);
    if (typeof value === 'object') fillValue(draft, name, typeOf(field), watch === undefined ? path : [...path, name], filling);
  }
}

function fillValue(holder: Draft, name: string, type: Type, path: FieldPath, filling: Filling): void {
  const value = holder[name];
  const { code, item } = type;
  if (code === OBJECT && isDraft(value)) fill(value, type, path, filling);
  else if (code === MAP && isDraft(value) && item !== undefined) {
    if (typeOf(item).code === QUANTITY) roundUp(value);
    else for (const key of Object.keys(value)) fillValue(value, key, typeOf(item), at(path, key, filling), filling);
  } else if (code === LIST && Array.isArray(value) && item !== undefined && typeOf(item).code === OBJECT)
    value.forEach((one, index) => {
      if (isDraft(one)) fill(one, typeOf(item), at(path, index, filling), filling);
    });
}

function at(path: FieldPath, step: string | number, { watch }: Filling): FieldPath {
  return watch === undefined ? path : [...path, step];
}

/** SetDefaults_ResourceList: amounts are kept to the thousandth, rounded away from zero. */
function roundUp(amounts: Draft): void {
  for (const [name, text] of Object.entries(amounts)) {
    const amount = typeof text === 'string' ? parseQuantity(text) : undefined;
    if (amount === undefined || amount.exponent >= MILLI) continue;
    const divisor = 10n ** BigInt(MILLI - amount.exponent);
    const isNegative = amount.mantissa < 0n;
    const size = isNegative ? -amount.mantissa : amount.mantissa;
    if (size % divisor === 0n) continue;
    const rounded = (size + divisor - 1n) / divisor;
    amounts[name] = formatQuantity({ mantissa: isNegative ? -rounded : rounded, exponent: MILLI, format: amount.format });
  }
}

const MILLI = -3;

/**
 * As Go writes its structures: zeros that `omitempty` leaves out are gone. Stored objects have passed through protobuf, which
 * knows no list or map that is empty and there.
 */
export function encode(draft: Draft, type: Type, isStored: boolean): void {
  for (const { name, field, written } of planOf(type)) {
    const value = get(draft, name);
    if (value === undefined) continue;
    const inner = typeOf(field);
    if (typeof value === 'object' && value !== null) encodeValue(value, inner, isStored);
    const isList = inner.code === LIST || inner.code === MAP;
    const isLeftOut = (written === 'omitted' && inner.code !== OBJECT) || written === 'bare' || (isList && isStored);
    if (isLeftOut && isZero(value)) delete draft[name];
  }
}

function encodeValue(value: DraftValue, type: Type, isStored: boolean): void {
  const { code, item } = type;
  if (code === OBJECT && isDraft(value)) encode(value, type, isStored);
  else if (code === LIST && Array.isArray(value) && item !== undefined) for (const one of value) encodeValue(one, typeOf(item), isStored);
  else if (code === MAP && isDraft(value) && item !== undefined)
    for (const one of Object.values(value)) encodeValue(one, typeOf(item), isStored);
}
