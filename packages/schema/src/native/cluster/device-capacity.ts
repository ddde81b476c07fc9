import { compareQuantities, type JsonObject, type JsonValue, parseQuantity, type Quantity } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkThere, conflict } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { wholeUnits } from '../pod/amounts.ts';
import { has, listIn, objectIn } from '../values.ts';

const MOST_VALUES = 10;

/** How much of a shared capacity one may ask for: validateRequestPolicy. `whole`: the capacity. */
export function checkCapacityPolicy(whole: JsonValue | undefined, policy: JsonObject, at: Place, judgement: Judgement): void {
  const values = listIn(policy, 'validValues');
  const range = objectIn(policy, 'validRange');
  if (values.length > 0 && range !== undefined) {
    conflict(judgement, at.in('validRange'), 'validRange does not go with validValues');
    return;
  }
  if (values.length === 0 && range === undefined) return;
  if (!has(policy, 'default')) {
    missing(judgement, at.in('default'), 'default is missing, which validValues and validRange need');
    return;
  }
  const most = amount(whole) ?? ZERO;
  const preset = amount(policy.default);
  if (preset === undefined) return;
  if (range !== undefined) checkRange(range, preset, most, at.in('validRange'), judgement);
  else checkValues(values, preset, most, at.in('validValues'), judgement);
}

const ZERO: Quantity = { mantissa: 0n, exponent: 0, format: 'decimal' };

function amount(value: JsonValue | undefined): Quantity | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  return parseQuantity(String(value).trim());
}

function checkValues(values: readonly JsonValue[], preset: Quantity, most: Quantity, at: Place, judgement: Judgement): void {
  if (values.length > MOST_VALUES) {
    invalid(judgement, at, null, `${values.length} validValues are more than ${MOST_VALUES}`);
    return;
  }
  let hasPreset = false;
  const seen = new Set<bigint | undefined>();
  let before: Quantity | undefined;
  for (const [index, value] of values.entries()) {
    const one = value === null ? ZERO : amount(value);
    if (one === undefined) return;
    if (compareQuantities(one, most) > 0) invalid(judgement, at.in(index), value, `${quote(value)} is more than the capacity`);
    if (before !== undefined && compareQuantities(before, one) > 0)
      invalid(judgement, at.in(index), value, `${quote(value)} is less than the value before it`);
    // Fractions are of a feature that is off: what rounds up to the same is the same.
    const whole = wholeUnits(one);
    if (seen.has(whole)) duplicate(judgement, at.in(index), value, `${quote(value)} is there twice`);
    seen.add(whole);
    if (compareQuantities(one, preset) === 0) hasPreset = true;
    before = one;
  }
  if (!hasPreset) invalid(judgement, at, null, 'the default is none of the validValues');
}

function checkRange(range: JsonObject, preset: Quantity, most: Quantity, at: Place, judgement: Judgement): void {
  checkThere(range, 'min', at, judgement, 'min is missing');
  const min = amount(range.min);
  const max = amount(range.max);
  const step = amount(range.step);
  if (min === undefined) return;
  const isMore = (a: Quantity, b: Quantity): boolean => compareQuantities(a, b) > 0;
  if (isMore(min, most)) invalid(judgement, at.in('min'), range.min, 'min is more than the capacity');
  if (isMore(min, preset)) invalid(judgement, at.in('min'), range.min, 'min is more than the default');
  if (max !== undefined) {
    if (isMore(min, max)) invalid(judgement, at.in('max'), range.max, 'max is less than min');
    else if (isMore(max, most)) invalid(judgement, at.in('max'), range.max, 'max is more than the capacity');
    else if (isMore(preset, max)) invalid(judgement, at.in('max'), range.max, 'max is less than the default');
  }
  if (step === undefined) return;
  const place = at.in('step');
  if (step.mantissa <= 0n) invalid(judgement, place, range.step, 'step is not more than 0');
  else if (isMore(sum(min, step), most)) invalid(judgement, place, range.step, 'min and one step are more than the capacity');
  else if (!isReached(preset, min, step)) invalid(judgement, place, range.step, 'no number of steps leads from min to the default');
  else if (max !== undefined && !isReached(max, min, step))
    invalid(judgement, place, range.step, 'no number of steps leads from min to max');
}

function sum(a: Quantity, b: Quantity): Quantity {
  const exponent = Math.min(a.exponent, b.exponent);
  return { mantissa: scaled(a, exponent) + scaled(b, exponent), exponent, format: a.format };
}

/** In whole units: fractions are rounded up, while the feature that counts them is off. */
function isReached(value: Quantity, min: Quantity, step: Quantity): boolean {
  const [to, from, by] = [value, min, step].map(wholeUnits);
  return to === undefined || from === undefined || by === undefined || by === 0n || (to - from) % by === 0n;
}

function scaled({ mantissa, exponent }: Quantity, to: number): bigint {
  return mantissa * 10n ** BigInt(Math.min(exponent - to, 1000));
}
