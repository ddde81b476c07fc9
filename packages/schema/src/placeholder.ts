import type { Resource } from '@plumbline/core';
import type { Verdict } from './verdict.ts';

/**
 * Whether a string is wholly or partly a variable that Flux's post-build substitution fills in (`${VAR}`,
 * `${VAR:=default}`), so that its form cannot be judged as it lies. `$${` is the escape and stays text.
 */
export function hasPlaceholder(text: string): boolean {
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    if (at === 0 || text.charCodeAt(at - 1) !== 36) return true;
  }
  return false;
}

/** Whether variables in the object are filled in before it is applied: by Flux, or by a build that was not run. Elsewhere the text is applied as it stands. */
export function isFilledIn(resource: Resource): boolean {
  return resource.unit.substituted === true || resource.unit.state === 'unbuilt';
}

/** Whether a text cannot be judged because a variable in it is filled in later. */
export function isLeftToLater(text: string, verdict: Verdict): boolean {
  return verdict.isFilledIn && hasPlaceholder(text);
}
