import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { conflict } from '../forms.ts';
import { invalid, type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isFractional } from '../quantities.ts';
import { textIn } from '../values.ts';
import { amountOf, isNegative, wholeUnits } from './amounts.ts';
import { isExtended, isHugePages, resourceNameFault } from './resource-names.ts';

/** What a pod takes beside its containers, in a pod or a RuntimeClass: validateOverhead, the limits of a container. `at`: of the list. */
export function checkOverhead(overhead: JsonObject, at: Place, judgement: Judgement): void {
  let hasHugePages = false;
  for (const name in overhead) {
    const value = overhead[name];
    const fault = resourceNameFault(name);
    if (fault !== undefined) invalid(judgement, at.in(name), name, `resource ${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
    if (isNegative(value)) invalid(judgement, at.in(name), value, `${name} ${quote(value)} is less than 0`);
    if (isHugePages(name)) {
      hasHugePages = true;
      checkPages(overhead, name, at, judgement);
    } else if (isExtended(name) && isFractional(value))
      invalid(judgement, at.in(name), value, `${name} ${quote(value)} is not a whole number`);
    else if ((name === 'memory' || name === 'ephemeral-storage') && isFractional(value))
      warn(judgement, at.in(name), `${quote(value)} is no whole number of bytes`, 'schema/server-warning');
  }
  if (hasHugePages && !Object.hasOwn(overhead, 'cpu') && !Object.hasOwn(overhead, 'memory'))
    conflict(judgement, at, 'hugepages need cpu or memory beside them');
}

function checkPages(overhead: JsonObject, name: string, at: Place, judgement: Judgement): void {
  const written = name.slice('hugepages-'.length);
  const page = amountOf(written);
  const amount = amountOf(overhead[name]);
  const size = page === undefined || isFractional(written) ? undefined : wholeUnits(page);
  const all = amount === undefined ? 0n : wholeUnits(amount);
  // What does not fit into 64 bits counts as 0.
  if (size === undefined || size <= 0n || (all !== undefined && all < 2n ** 63n && all % size !== 0n))
    invalid(judgement, at.in(name), textIn(overhead, name), `${quote(overhead[name])} is no whole number of pages of ${written}`);
}
