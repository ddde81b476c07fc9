import { Bytes } from './bytes.ts';
import { CelError } from './cel-error.ts';
import { List } from './list.ts';
import { CelMap } from './map.ts';
import { Double, UInt } from './numbers.ts';
import { Duration, Timestamp } from './time.ts';
import { TypeValue } from './type-value.ts';
import type { Value } from './value.ts';

/** A double as Go has it with the shortest digits: `1e+06`, `0.5`, `NaN`, `+Inf`. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return plainNotation(digits, exponent);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A double without an exponent. */
export function plainDouble(value: number): string {
  if (!Number.isFinite(value)) return formatDouble(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return plainNotation(digits, Number(exponent));
}

function plainNotation(scientific: string, exponent: number): string {
  const sign = scientific.startsWith('-') ? '-' : '';
  const digits = scientific.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** As `string()` has it: RFC 3339 in the zone it was written in. */
export function formatTimestamp(value: Timestamp): string {
  const local = new Date((value.seconds + value.offsetSeconds) * 1000);
  const text = local.toISOString().replace(/\.\d+Z$/, '');
  const fraction = value.nanos === 0 ? '' : `.${String(value.nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${text}${fraction}${zone(value.offsetSeconds)}`;
}

function zone(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'Z';
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** As `string()` has it: seconds, with a fraction as a double keeps it. */
export function formatDuration(value: Duration): string {
  const whole = value.nanos / 1_000_000_000n;
  return `${plainDouble(Number(whole) + Number(value.nanos % 1_000_000_000n) / 1e9)}s`;
}

/** How messages of errors name a value: `no such key: app`. */
export function formatValue(value: Value | CelError): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (value instanceof CelError) return value.message;
  if (value instanceof UInt) return String(value.value);
  if (value instanceof Double) return formatDouble(value.value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof Bytes) return `[${value.bytes.join(' ')}]`;
  if (value instanceof List) return `[${Array.from({ length: value.length }, (_, index) => formatValue(value.at(index))).join(', ')}]`;
  if (value instanceof CelMap)
    return `{${value
      .keys()
      .map((key) => `${formatValue(key)}: ${formatValue(value.find(key) ?? null)}`)
      .join(', ')}}`;
  return String(value);
}
