import { isEqual, type JsonValue } from '@plumbline/core';
import { hasFormat } from './formats.ts';
import { patternOf } from './pattern.ts';
import { isInteger } from './scalar.ts';
import { isGoodSelector } from './selector.ts';
import type { Limits, Type } from './type.ts';

type Check = (value: unknown, type: Type) => boolean;

/** Whether the value validations of a custom resource definition hold, sub-schemas included. */
export function limitsHold(value: unknown, type: Type, isPlain: Check): boolean {
  const { limits } = type;
  if (limits === undefined || value === null) return true;
  if (limits.isSelector) return typeof value !== 'object' || isGoodSelector(value);
  return (
    brokenLimit(value, limits) === undefined && (limits.isEmbedded !== true || isWholeObject(value)) && formsHold(value, limits, isPlain)
  );
}

/** Whether an embedded object says what it is. */
function isWholeObject(value: unknown): boolean {
  const { apiVersion, kind } = value as { apiVersion?: unknown; kind?: unknown };
  return typeof apiVersion === 'string' && apiVersion !== '' && typeof kind === 'string' && kind !== '';
}

export function formsHold(value: unknown, limits: Limits, isPlain: Check): boolean {
  if (limits.allOf && !limits.allOf.every((one) => isPlain(value, one))) return false;
  if (limits.anyOf && !limits.anyOf.some((one) => isPlain(value, one))) return false;
  if (limits.oneOf && limits.oneOf.filter((one) => isPlain(value, one)).length !== 1) return false;
  return !(limits.not && isPlain(value, limits.not));
}

/** The first simple validation that fails, as a fact for people; undefined where all hold. */
export function brokenLimit(
  value: unknown,
  limits: Limits,
): { readonly message: string; readonly isEnum?: true; readonly isLength?: true; readonly isFormat?: true } | undefined {
  if (limits.enum && !limits.enum.some((one) => isEqual(one as JsonValue, value as JsonValue)))
    return { message: `is none of ${limits.enum.map((one) => JSON.stringify(one)).join(', ')}`, isEnum: true };
  if (typeof value === 'string') return brokenText(value, limits);
  if (typeof value === 'number' || typeof value === 'bigint') return brokenNumber(Number(value), limits);
  if (Array.isArray(value)) return brokenCount(value.length, 'items', limits.minItems, limits.maxItems);
  if (typeof value === 'object' && value !== null)
    return brokenCount(Object.keys(value).length, 'members', limits.minProperties, limits.maxProperties);
  return undefined;
}

function brokenText(
  value: string,
  limits: Limits,
): { readonly message: string; readonly isLength?: true; readonly isFormat?: true } | undefined {
  // Lengths count code points, as Go counts runes.
  if (limits.minLength !== undefined || limits.maxLength !== undefined) {
    const length = [...value].length;
    if (limits.maxLength !== undefined && length > limits.maxLength)
      return { message: `is longer than ${limits.maxLength} characters`, isLength: true };
    if (limits.minLength !== undefined && length < limits.minLength)
      return { message: value === '' ? 'is empty' : `is shorter than ${limits.minLength} characters` };
  }
  if (limits.pattern !== undefined && patternOf(limits.pattern)?.test(value) === false)
    return { message: `does not match ${shortened(limits.pattern)}` };
  if (limits.format !== undefined && !hasFormat(value, limits.format)) return { message: `is no ${limits.format}`, isFormat: true };
  return undefined;
}

function shortened(pattern: string): string {
  return pattern.length > 200 ? `${pattern.slice(0, 200)}…` : pattern;
}

function brokenNumber(value: number, limits: Limits): { readonly message: string; readonly isFormat?: true } | undefined {
  const { minimum, maximum, multipleOf } = limits;
  if (minimum !== undefined && (limits.exclusiveMinimum ? value <= minimum : value < minimum))
    return { message: `is less than ${limits.exclusiveMinimum ? 'or equal to ' : ''}${minimum}` };
  if (maximum !== undefined && (limits.exclusiveMaximum ? value >= maximum : value > maximum))
    return { message: `is more than ${limits.exclusiveMaximum ? 'or equal to ' : ''}${maximum}` };
  if (multipleOf !== undefined && multipleOf > 0 && !isNearlyInteger(multipleOf < 1 ? (1 / multipleOf) * value : value / multipleOf))
    return { message: `is no multiple of ${multipleOf}` };
  if (limits.format === 'int32' && isInteger(value) && (value | 0) !== value) return { message: 'does not fit in 32 bits', isFormat: true };
  return undefined;
}

/** As the server counts: a fraction of a billionth is none (go-openapi's IsFloat64AJSONInteger). */
function isNearlyInteger(value: number): boolean {
  const rounded = Math.round(value);
  return value === rounded || Math.abs(value - rounded) < 1e-9 * Math.abs(rounded);
}

function brokenCount(count: number, what: string, least?: number, most?: number): { readonly message: string } | undefined {
  if (least !== undefined && count < least) return { message: `has ${count} ${what}, fewer than ${least}` };
  if (most !== undefined && count > most) return { message: `has ${count} ${what}, more than ${most}` };
  return undefined;
}
