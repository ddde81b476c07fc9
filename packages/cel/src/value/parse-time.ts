import { CelError } from './cel-error.ts';
import { Duration, MAX_SECONDS, MIN_SECONDS, Timestamp } from './time.ts';

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:(Z)|([+-])(\d\d):(\d\d))$/;

/** A time of RFC 3339; undefined where the text is none. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined || second === undefined)
    return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  const [zoneHour, zoneMinute] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (zoneHour > 24 || zoneMinute > 60) return undefined;
  const offset = (match[9] === '-' ? -1 : 1) * (zoneHour * 3600 + zoneMinute * 60);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  return new Timestamp(seconds, Number((match[7] ?? '').slice(0, 9).padEnd(9, '0')), offset);
}

export function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A timestamp that CEL can hold: of the years 1 to 9999. */
export function checkedTimestamp(seconds: number, nanos: number, offset = 0): Timestamp | CelError {
  return seconds < MIN_SECONDS || seconds > MAX_SECONDS ? new CelError('timestamp overflow') : new Timestamp(seconds, nanos, offset);
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** A duration as Go writes it, `1h2m3.5s`; undefined where the text is none or exceeds 64 bits. */
export function parseDuration(text: string): Duration | undefined {
  const sign = text.startsWith('-') ? -1n : 1n;
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return new Duration(0n);
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(body)) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of body.matchAll(/(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)) {
    const scale = UNITS[unit] ?? 1n;
    nanos += BigInt(whole === '' ? '0' : whole) * scale;
    if (fraction !== '') nanos += (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  const signed = sign * nanos;
  return nanos > 2n ** 63n || (sign > 0n && nanos === 2n ** 63n) ? undefined : new Duration(signed);
}

const LONG_UNITS: Readonly<Record<string, bigint>> = {
  ...UNITS,
  nano: 1n,
  nanosecond: 1n,
  micro: 1_000n,
  microsecond: 1_000n,
  milli: 1_000_000n,
  millisecond: 1_000_000n,
  sec: 1_000_000_000n,
  second: 1_000_000_000n,
  min: 60_000_000_000n,
  minute: 60_000_000_000n,
  hr: 3_600_000_000_000n,
  hour: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  day: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  week: 604_800_000_000_000n,
  wk: 604_800_000_000_000n,
};

/** A duration of `format: duration`: Go's form, or numbers with long names of units, as the server's formats take it. */
export function parseJsonDuration(text: string): Duration | undefined {
  const plain = parseDuration(text);
  if (plain !== undefined) return plain;
  let nanos = 0n;
  let isDuration = false;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+)\s*([A-Za-z\u00b5]+)/g)) {
    const scale = LONG_UNITS[unit] ?? LONG_UNITS[unit.replace(/s$/, '')];
    if (scale === undefined) return undefined;
    isDuration = true;
    nanos += BigInt(number) * scale;
  }
  return isDuration ? new Duration(nanos) : undefined;
}
