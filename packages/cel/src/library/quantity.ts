import { compareQuantities, parseQuantity } from '@plumbline/core';
import { traversal } from '../cost/runtime-cost.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { Double, type Int, isInt, MAX_INT, MIN_INT, toInt } from '../value/numbers.ts';
import { QuantityValue } from '../value/quantity.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';

const nominal: CallCost = () => 1;
const byText: CallCost = ([text]) => traversal(text);

function of(use: (value: QuantityValue) => Result): Implementation {
  return ([value = null]) => (value instanceof QuantityValue ? use(value) : noSuchOverload());
}

function ofTwo(use: (left: QuantityValue, right: QuantityValue) => Result): Implementation {
  return ([left = null, right = null]) => {
    const other = quantityOf(right);
    return left instanceof QuantityValue && other !== undefined ? use(left, other) : noSuchOverload();
  };
}

function quantityOf(value: Value): QuantityValue | undefined {
  if (value instanceof QuantityValue) return value;
  return isInt(value) ? new QuantityValue({ mantissa: BigInt(value), exponent: 0, format: 'exponent' }, true) : undefined;
}

/** The same few amounts are read again and again. */
const parsed = new Map<string, QuantityValue>();
const MOST_PARSED = 1000;

const parse: Implementation = ([text = null]) => {
  if (typeof text !== 'string') return noSuchOverload();
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const quantity = parseQuantity(text);
  if (quantity !== undefined) {
    if (parsed.size >= MOST_PARSED) parsed.clear();
    const value = new QuantityValue(quantity, isSmall(text));
    parsed.set(text, value);
    return value;
  }
  // The server tells a wrong suffix from a wrong number.
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)[A-Za-z]+\d*$/.test(text);
  const rule = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  return new CelError(isNumber && /^[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*$/.test(text) ? "unable to parse quantity's suffix" : rule);
};

/** What the server reads by its short way: up to 18 digits, and of powers of two no fractions. */
function isSmall(text: string): boolean {
  const [, whole = '', fraction = '', suffix = ''] = /^[+-]?0*(\d*)\.?(\d*)(.*)$/.exec(text) ?? [];
  const binary = 'KMGTPE'.indexOf(suffix.charAt(0)) + 1;
  if (suffix.endsWith('i')) return fraction === '' && 15 - whole.length - Math.trunc((binary * 30) / 10) - 1 >= 0;
  // A zero with a fraction stays one.
  return whole.length + fraction.length <= 18 && !(fraction !== '' && /^0*$/.test(whole + fraction));
}

/** What AsInt64 gives: nothing for what was written with a fraction, though it be whole. */
function wholeOf({ quantity: { mantissa, exponent }, isSmall: isKept }: QuantityValue): Int | undefined {
  if (!isKept || exponent < 0 || exponent > 18) return undefined;
  const whole = mantissa * 10n ** BigInt(exponent);
  return whole < MIN_INT || whole > MAX_INT ? undefined : toInt(whole);
}

function plus(left: QuantityValue, right: QuantityValue, sign: 1n | -1n): QuantityValue {
  const [a, b] = [left.quantity, right.quantity];
  const exponent = Math.min(a.exponent, b.exponent);
  const mantissa = a.mantissa * 10n ** BigInt(a.exponent - exponent) + sign * b.mantissa * 10n ** BigInt(b.exponent - exponent);
  const isKept = left.isSmall && right.isSmall && mantissa >= MIN_INT && mantissa <= MAX_INT;
  return new QuantityValue({ mantissa, exponent, format: a.mantissa === 0n ? b.format : a.format }, isKept);
}

/** Kubernetes quantities: amounts with suffixes, exact. */
export function quantity(): Library {
  const type = 'kubernetes.Quantity';
  return {
    functions: [
      declare('quantity', [['string_to_quantity', `(string): ${type}`, parse]], byText),
      declare(
        'isQuantity',
        [
          [
            'is_quantity_string',
            '(string): bool',
            ([text = null]) => (typeof text === 'string' ? parseQuantity(text) !== undefined : noSuchOverload()),
          ],
        ],
        byText,
      ),
      declare(
        'sign',
        [['quantity_sign', `(${type}): int`, of(({ quantity: { mantissa } }) => (mantissa < 0n ? -1 : mantissa > 0n ? 1 : 0))]],
        nominal,
      ),
      declare(
        'isGreaterThan',
        [['quantity_is_greater_than', `${type}.(${type}): bool`, ofTwo((a, b) => compareQuantities(a.quantity, b.quantity) > 0)]],
        nominal,
      ),
      declare(
        'isLessThan',
        [['quantity_is_less_than', `${type}.(${type}): bool`, ofTwo((a, b) => compareQuantities(a.quantity, b.quantity) < 0)]],
        nominal,
      ),
      declare(
        'compareTo',
        [['quantity_compare_to', `${type}.(${type}): int`, ofTwo((a, b) => compareQuantities(a.quantity, b.quantity))]],
        nominal,
      ),
      declare(
        'asApproximateFloat',
        [
          [
            'quantity_get_float',
            `${type}.(): double`,
            of(({ quantity: { mantissa, exponent } }) => new Double(Number(`${mantissa}e${exponent}`))),
          ],
        ],
        nominal,
      ),
      declare(
        'asInteger',
        [['quantity_get_int', `${type}.(): int`, of((amount) => wholeOf(amount) ?? new CelError('cannot convert value to integer'))]],
        nominal,
      ),
      declare('isInteger', [['quantity_is_integer', `${type}.(): bool`, of((amount) => wholeOf(amount) !== undefined)]], nominal),
      declare(
        'add',
        [
          ['quantity_add', `${type}.(${type}): ${type}`, ofTwo((a, b) => plus(a, b, 1n))],
          ['quantity_add_int', `${type}.(int): ${type}`, ofTwo((a, b) => plus(a, b, 1n))],
        ],
        nominal,
      ),
      declare(
        'sub',
        [
          ['quantity_sub', `${type}.(${type}): ${type}`, ofTwo((a, b) => plus(a, b, -1n))],
          ['quantity_sub_int', `${type}.(int): ${type}`, ofTwo((a, b) => plus(a, b, -1n))],
        ],
        nominal,
      ),
    ],
  };
}
