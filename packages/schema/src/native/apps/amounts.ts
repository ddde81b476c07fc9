import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkRange } from '../forms.ts';
import { invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';

const PERCENT = /^\d+%$/;

/** A number that is not negative. */
export function checkCount(object: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkRange(object, key, 0, Number.POSITIVE_INFINITY, at, judgement);
}

/** A number that is not negative or a percentage: ValidatePositiveIntOrPercent. `most`: of the percentage. */
export function checkCountOrPercent(
  object: JsonObject,
  key: string,
  at: Place,
  judgement: Judgement,
  most = Number.POSITIVE_INFINITY,
): void {
  const value = object[key];
  if (typeof value !== 'string') {
    checkCount(object, key, at, judgement);
    return;
  }
  if (!PERCENT.test(value)) {
    const hint = /^\d+$/.test(value) ? ': a number is written without quotes' : ', such as 25%';
    invalid(judgement, at.in(key), value, `${key} ${quote(value)} is neither a number nor a percentage${hint}`);
  } else if (percentOf(value) > most) invalid(judgement, at.in(key), value, `${key} ${value} is more than ${most}%`);
}

/** Whether a number or a percentage is zero; undefined where it is not there, or cannot be said. */
export function isZero(object: JsonObject, key: string): boolean | undefined {
  const value = object[key];
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) === 0;
  return typeof value === 'string' && PERCENT.test(value) ? percentOf(value) === 0 : undefined;
}

function percentOf(value: string): number {
  return Number(value.slice(0, -1));
}
