import { type JsonValue, parseQuantity } from '@plumbline/core';

const COMMON = /^[1-9]\d*(?:[kMGTPE]i?|Ki)?$/;
const WHOLE = /^\s*[+-]?\d+(?:[kMGTPE]i?|Ki)?\s*$/;

/** Whether a quantity is less than, equal to or more than zero; undefined where it is none. */
export function signOfQuantity(value: JsonValue | undefined): -1 | 0 | 1 | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value < 0 ? -1 : value > 0 ? 1 : 0;
  if (typeof value !== 'string') return undefined;
  if (COMMON.test(value)) return 1;
  const quantity = parseQuantity(value.trim());
  if (quantity === undefined) return undefined;
  return quantity.mantissa < 0n ? -1 : quantity.mantissa > 0n ? 1 : 0;
}

/** Whether a quantity in a list of resources, which the server rounds up to thousandths, is still no whole number. */
export function isFractional(value: JsonValue | undefined): boolean {
  if (typeof value === 'number') return !Number.isInteger(Math.ceil(Math.abs(value) * 1000) / 1000);
  if (typeof value !== 'string' || WHOLE.test(value)) return false;
  const quantity = parseQuantity(value.trim());
  if (quantity === undefined || quantity.exponent >= 0) return false;
  const one = 10n ** BigInt(-quantity.exponent);
  const thousandths = quantity.mantissa * 1000n;
  const rest = thousandths % one;
  const rounded = thousandths / one + (rest > 0n ? 1n : rest < 0n ? -1n : 0n);
  return rounded % 1000n !== 0n;
}

/** Whether the server finds a quantity negative because it does not fit into 64 bits; what is read with up to 18 digits is found to be 0 instead. */
export function wrapsBelowZero(value: JsonValue | undefined): boolean {
  const text = typeof value === 'bigint' ? value.toString() : value;
  if (typeof text !== 'string' || text.length < 19) return false;
  const quantity = parseQuantity(text.trim());
  if (quantity === undefined || quantity.mantissa <= 10n ** 18n || quantity.exponent > 18) return false;
  const { mantissa, exponent } = quantity;
  const one = 10n ** BigInt(Math.abs(exponent));
  return BigInt.asIntN(64, exponent < 0 ? (mantissa + one - 1n) / one : mantissa * one) < 0n;
}
