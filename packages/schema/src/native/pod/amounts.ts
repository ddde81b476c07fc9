import { compareQuantities, type JsonValue, parseQuantity, type Quantity } from '@plumbline/core';

// Quantities in lists of resources. The same few come thousands of times.

const known = new Map<string, Quantity | undefined>();
const LIMIT = 5_000;

const NOUGHT: Quantity = { mantissa: 0n, exponent: 0, format: 'decimal' };

/** The amount, rounded up to thousandths as the server keeps it; undefined where the value is no quantity. A null in a list of resources is nought. */
export function amountOf(value: JsonValue | undefined): Quantity | undefined {
  if (value === null) return NOUGHT;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const text = String(value);
  const before = known.get(text);
  if (before !== undefined || known.has(text)) return before;
  const amount = rounded(parseQuantity(text.trim()));
  if (known.size > LIMIT) known.clear();
  known.set(text, amount);
  return amount;
}

function rounded(quantity: Quantity | undefined): Quantity | undefined {
  if (quantity === undefined || quantity.exponent >= -3) return quantity;
  const one = 10n ** BigInt(-3 - quantity.exponent);
  const rest = quantity.mantissa % one;
  // Away from zero.
  const mantissa = quantity.mantissa / one + (rest > 0n ? 1n : rest < 0n ? -1n : 0n);
  return { mantissa, exponent: -3, format: quantity.format };
}

/** -1, 0 or 1; undefined where one is no quantity. */
export function compareAmounts(a: JsonValue | undefined, b: JsonValue | undefined): -1 | 0 | 1 | undefined {
  if (a === b && typeof a === 'string') return 0;
  const left = amountOf(a);
  const right = amountOf(b);
  return left === undefined || right === undefined ? undefined : compareQuantities(left, right);
}

/** Where one has only to see whether there is a minus. */
export function isNegative(value: JsonValue | undefined): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return value < 0;
  return typeof value === 'string' && value.includes('-') && (amountOf(value)?.mantissa ?? 0n) < 0n;
}

/** The sum; undefined where one is no quantity or of a size that no machine has. */
export function addAmounts(a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined {
  if (a === undefined || b === undefined || a.exponent > 30 || b.exponent > 30) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const mantissa = a.mantissa * 10n ** BigInt(a.exponent - exponent) + b.mantissa * 10n ** BigInt(b.exponent - exponent);
  return { mantissa, exponent, format: a.format };
}

/** Whole units, rounded up. */
export function wholeUnits({ mantissa, exponent }: Quantity): bigint | undefined {
  if (exponent > 30) return undefined;
  if (exponent >= 0) return mantissa * 10n ** BigInt(exponent);
  const one = 10n ** BigInt(-exponent);
  const rest = mantissa % one;
  return mantissa / one + (rest > 0n ? 1n : rest < 0n ? -1n : 0n);
}
