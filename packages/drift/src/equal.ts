import { compareQuantities, isArray, isObject, type JsonValue, member, parseQuantity } from '@plumbline/core';
import { type Type, TypeCode, typeOfItem, typeOfMember } from '@plumbline/schema';
import { isZeroAbsent } from './zero.ts';

/** Whether two scalars are one to the server: quantities by amount, times by instant, base64 by its bytes, everything else by value. */
export function isSameScalar(a: JsonValue, b: JsonValue, type: Type | undefined): boolean {
  if (a === b) return true;
  // A whole number is one whether it came as a number or, beyond 2^53, as a bigint.
  if ((typeof a === 'bigint' || typeof b === 'bigint') && typeof a !== 'string' && typeof b !== 'string') return String(a) === String(b);
  switch (type?.code) {
    case TypeCode.QUANTITY:
      return isSameQuantity(a, b);
    case TypeCode.TIME:
    case TypeCode.MICRO_TIME:
      return typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b);
    case TypeCode.BYTES:
      return typeof a === 'string' && typeof b === 'string' && a.replace(/[\r\n]/g, '') === b.replace(/[\r\n]/g, '');
    default:
      return false;
  }
}

function isSameQuantity(a: JsonValue, b: JsonValue): boolean {
  const [left, right] = [parseQuantity(textOf(a)), parseQuantity(textOf(b))];
  return left !== undefined && right !== undefined && compareQuantities(left, right) === 0;
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** Whether two values are one to the server, member by member; lists in order. What says nothing may be absent on either side. */
export function isSameValue(a: JsonValue, b: JsonValue, type: Type | undefined, isBuiltin: boolean): boolean {
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [left, right] = [member(a, key), member(b, key)];
      const isThere = left !== undefined && right !== undefined;
      const isSame = isThere
        ? isSameValue(left, right, type === undefined ? undefined : typeOfMember(type, key), isBuiltin)
        : [left, right].every((one) => isNothing(one, isBuiltin, type?.name ?? '', key));
      if (!isSame) return false;
    }
    return true;
  }
  if (isArray(a) && isArray(b)) {
    const item = type === undefined ? undefined : typeOfItem(type);
    return a.length === b.length && a.every((one, index) => isSameValue(one, b[index] ?? null, item, isBuiltin));
  }
  if (isObject(a) || isObject(b) || isArray(a) || isArray(b)) return false;
  return isSameScalar(a, b, type);
}

/**
 * Whether a value says nothing that the server keeps: null everywhere; of a built-in structure also what its decoder cannot tell from
 * an absent value (`isZeroAbsent`). Objects and lists that hold nothing else are nothing too.
 */
export function isNothing(value: JsonValue | undefined, isBuiltin: boolean, owner: string, field: string | number | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (!isBuiltin) return false;
  if (isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).every((key) => isNothing(value[key], true, '', key));
  const isZero = value === '' || value === 0 || value === false;
  // Values of a map are as they are.
  return isZero && owner !== '' && typeof field === 'string' && isZeroAbsent(owner, field, value);
}
