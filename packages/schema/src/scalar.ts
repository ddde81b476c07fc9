// The forms of scalars as the server's decoders take them.

// k8s.io/apimachinery/pkg/api/resource ParseQuantity: sign, digits, point and digits may each be left out, the whole may not be empty.
const QUANTITY = /^[+-]?\d*(?:\.\d*)?(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

export function isQuantity(text: string): boolean {
  // Spaces only: what JSON writes as an escape is not trimmed away.
  const trimmed = text.replace(/^ +| +$/g, '');
  return trimmed !== '' && QUANTITY.test(trimmed);
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** RFC 3339 as Go's time package reads it. `isMicro`: exactly six digits of a second, as metav1.MicroTime wants. */
export function isDateTime(text: string, isMicro = false): boolean {
  const match = DATE_TIME.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return false;
  if (isMicro && match[7]?.length !== 6) return false;
  const days = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  // Go takes an offset of 24 hours and 60 minutes.
  const isOffset = match[8] === undefined || (Number(match[8]) <= 24 && Number(match[9]) <= 60);
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && (minute ?? 60) < 60 && (second ?? 60) < 60 && isOffset;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Standard base64 with padding; line breaks are skipped, as Go's decoder does. */
export function isBase64(text: string): boolean {
  const plain = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, '') : text;
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

const INT64_MAX = 9223372036854775807n;

/** A number that is no bigint stands for what Go has as a float, which it prints rounded: the least of them is beyond. */
export function isInt64(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 63;
  return typeof value === 'bigint' && value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

export function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** Bytes of the text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair counts two, any other unit beyond 0x7ff three.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
