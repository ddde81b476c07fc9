import type { JsonObject } from '@plumbline/core';
import { byteLength } from '../../scalar.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { compileDeviceExpression } from './device-expression.ts';
import { isWithin } from './device-names.ts';

const MOST = 32;
const LONGEST = 10 * 1024;

/** Which devices are meant: validateSelectorSlice. */
export function checkDeviceSelectors(owner: JsonObject, at: Place, judgement: Judgement): void {
  if (!isWithin(owner, 'selectors', MOST, at, judgement)) return;
  for (const [selector, index] of objectsIn(owner, 'selectors')) {
    const place = at.in('selectors').in(index).in('cel');
    const cel = objectIn(selector, 'cel');
    if (cel === undefined) {
      if (!has(selector, 'cel')) missing(judgement, place, 'cel is missing, the only kind of selector there is');
      continue;
    }
    const text = textIn(cel, 'expression');
    if (byteLength(text) > LONGEST) invalid(judgement, place.in('expression'), text, `expression is longer than ${LONGEST} bytes`);
    else if (text !== '') compileDeviceExpression(text, place.in('expression'), judgement);
  }
}
