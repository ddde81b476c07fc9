/**
 * A Kubernetes quantity: `mantissa` × 10^`exponent`, exact, never finer than nano. `format` is how it was written and how
 * its canonical form is. Mirrors k8s.io/apimachinery/pkg/api/resource.
 */
export interface Quantity {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly format: 'decimal' | 'binary' | 'exponent';
  /** The text as written, where upstream takes it for canonical and keeps it. */
  readonly text?: string;
}

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const NANO = -9;
const MAX_BINARY = 2n ** 63n - 1n;

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[+-]?\d*)$/;

/** The quantity that a text stands for, or undefined where the API server refuses it. No space is taken around it. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = text === '' ? null : SHAPE.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const unit = unitOf(suffix);
  if (unit === undefined) return undefined;
  const digits = whole.replace(/^0+/, '') + fraction;
  const isNegative = sign === '-';
  // A suffix without a number is zero upstream as long as its fast path takes it, and refused otherwise.
  if (whole === '' && fraction === '' && !takesFastPath(unit)) return undefined;
  let magnitude = BigInt(digits === '' ? '0' : digits);
  let exponent = -fraction.length;
  let { format } = unit;
  if (format === 'binary') {
    magnitude <<= BigInt(unit.power);
    [magnitude, exponent] = atMostNano(magnitude, exponent);
    const isWhole = exponent === 0;
    const one = 10n ** BigInt(-exponent);
    if (magnitude > MAX_BINARY * one) {
      magnitude = MAX_BINARY;
      exponent = 0;
    } else if (!isWhole && magnitude > 0n && magnitude < one) format = 'decimal';
  } else [magnitude, exponent] = atMostNano(magnitude, exponent + unit.power);
  const mantissa = isNegative ? -magnitude : magnitude;
  return keepsText(whole.replace(/^0+/, '') || '0', fraction, unit) ? { mantissa, exponent, format, text } : { mantissa, exponent, format };
}

interface SuffixUnit {
  /** Of two in binary, of ten otherwise. */
  readonly power: number;
  readonly format: Quantity['format'];
}

function unitOf(suffix: string): SuffixUnit | undefined {
  if (Object.hasOwn(DECIMAL, suffix)) return { power: DECIMAL[suffix] ?? 0, format: 'decimal' };
  if (Object.hasOwn(BINARY, suffix)) return { power: BINARY[suffix] ?? 0, format: 'binary' };
  if (!/^[eE][+-]?\d+$/.test(suffix)) return undefined;
  const power = BigInt(suffix.slice(1).replace('+', ''));
  if (BigInt.asIntN(64, power) !== power) return undefined;
  // Upstream keeps 32 bits of it, whatever was written.
  return { power: Number(BigInt.asIntN(32, power)), format: 'exponent' };
}

// Upstream reads what fits into 64 bits by a shorter way, and what it reads so differs in small things.
function takesFastPath({ power, format }: SuffixUnit, whole = '0', fraction = ''): boolean {
  if (format !== 'binary') return whole.length + fraction.length <= 18 && power - fraction.length >= NANO;
  return fraction === '' && 15 - whole.length - Math.trunc((power * 3) / 10) - 1 >= 0;
}

/** Whether upstream keeps the text instead of writing the canonical form: `2525.227G` stays, though the form would be `2525227M`. */
function keepsText(whole: string, fraction: string, unit: SuffixUnit): boolean {
  if (!takesFastPath(unit, whole, fraction)) return false;
  if (unit.format === 'binary') return (BigInt(whole) & 7n) !== 0n;
  const digits = whole + fraction;
  return (unit.power - fraction.length) % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

/** Rounds away from zero what is finer than nano: who asks for some gets some. */
function atMostNano(magnitude: bigint, exponent: number): [bigint, number] {
  if (exponent >= NANO || magnitude === 0n) return [magnitude, magnitude === 0n ? 0 : exponent];
  const excess = NANO - exponent;
  // More places than digits: the least that there is.
  if (excess > magnitude.toString().length) return [1n, NANO];
  const divisor = 10n ** BigInt(excess);
  return [(magnitude + divisor - 1n) / divisor, NANO];
}

/** -1, 0 or 1: by amount, however they are written. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const apart = a.exponent - b.exponent;
  if (apart === 0) return order(a.mantissa, b.mantissa);
  const power = POWERS[apart < 0 ? -apart : apart];
  if (power !== undefined) return apart > 0 ? order(a.mantissa * power, b.mantissa) : order(a.mantissa, b.mantissa * power);
  const signA = signOf(a.mantissa);
  const signB = signOf(b.mantissa);
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  // Exponents may be huge: the powers are only made where the lengths leave it open.
  const lengthA = digitsOf(a.mantissa) + a.exponent;
  const lengthB = digitsOf(b.mantissa) + b.exponent;
  if (lengthA !== lengthB) return lengthA < lengthB === signA > 0 ? -1 : 1;
  const least = Math.min(a.exponent, b.exponent);
  return order(a.mantissa * 10n ** BigInt(a.exponent - least), b.mantissa * 10n ** BigInt(b.exponent - least));
}

/** Of ten: nearly all amounts are no further apart. */
const POWERS = Array.from({ length: 25 }, (_, exponent) => 10n ** BigInt(exponent));

function order(left: bigint, right: bigint): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

function signOf(value: bigint): -1 | 0 | 1 {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

const BY_POWER = new Map(Object.entries(DECIMAL).map(([suffix, power]) => [power, suffix]));
const BY_STEP = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** The text that the API server writes for it. Equal amounts may have different ones: compare amounts. */
export function formatQuantity(quantity: Quantity): string {
  const { mantissa, format, text } = quantity;
  if (text !== undefined) return text;
  if (mantissa === 0n) return '0';
  if (format === 'binary') {
    const whole = wholeOf(quantity);
    // Small or broken amounts are shown as decimals, so that nothing is lost.
    if (whole !== undefined && (whole <= -1024n || whole >= 1024n)) return binaryText(whole);
  }
  return decimalText(quantity);
}

function wholeOf({ mantissa, exponent }: Quantity): bigint | undefined {
  if (exponent >= 0) return mantissa * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return mantissa % divisor === 0n ? mantissa / divisor : undefined;
}

function binaryText(whole: bigint): string {
  let rest = whole;
  let step = 0;
  while (rest % 1024n === 0n) {
    rest /= 1024n;
    step++;
  }
  return `${rest}${BY_STEP[step] ?? ''}`;
}

function decimalText({ mantissa, exponent, format }: Quantity): string {
  let text = mantissa.toString();
  let power = exponent;
  const zeros = /0*$/.exec(text)?.[0].length ?? 0;
  text = text.slice(0, text.length - zeros);
  power += zeros;
  // Suffixes come in steps of a thousand.
  const surplus = ((power % 3) + 3) % 3;
  text += '0'.repeat(surplus);
  power -= surplus;
  if (format === 'exponent') return power === 0 ? text : `${text}e${power}`;
  // Upstream has no suffix beyond E and writes none.
  return `${text}${BY_POWER.get(power) ?? ''}`;
}
