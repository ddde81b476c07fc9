import { formatQuantity, parseQuantity } from '@plumbline/core';
import { BYTES, MICRO_TIME, QUANTITY, TIME } from '../type.ts';
import type { DraftValue } from './draft.ts';

/** A scalar as the server writes it once it has read it: quantities canonical, times in UTC, base64 without line breaks. What it would refuse stays. */
export function canonical(value: DraftValue, code: number): DraftValue {
  switch (code) {
    case QUANTITY:
      return quantity(value);
    case TIME:
      return typeof value === 'string' ? time(value, 0) : value;
    case MICRO_TIME:
      return typeof value === 'string' ? time(value, 6) : value;
    case BYTES:
      return typeof value === 'string' ? value.replace(/[\r\n]/g, '') : value;
    default:
      return value;
  }
}

function quantity(value: DraftValue): DraftValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return value;
  const parsed = parseQuantity(String(value));
  return parsed === undefined ? value : formatQuantity(parsed);
}

const TIME_SHAPE = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/;

/** `places`: of the second, cut and not rounded. */
function time(text: string, places: number): string {
  const match = TIME_SHAPE.exec(text);
  if (match === null) return text;
  const [, date = '', clock = '', fraction = '', zone = ''] = match;
  const at = Date.parse(`${date}T${clock}${zone}`);
  if (Number.isNaN(at)) return text;
  const seconds = new Date(at).toISOString().slice(0, 19);
  return places === 0 ? `${seconds}Z` : `${seconds}.${fraction.padEnd(places, '0').slice(0, places)}Z`;
}
