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
