/**
 * Whether a version of a chart or artifact, as Flux reads it (Masterminds/semver), has no upper end: any release to come is taken, also one
 * that breaks. A version that is not a range, or one with an end (`1.x`, `~1.2`, `>=1 <2`), is not.
 */
export function isUnbounded(version: string): boolean {
  return version.split('||').some((range) => {
    const parts = range.trim();
    if (parts === '') return true;
    if (/\s-\s/.test(parts)) return false;
    return !/[<^~]/.test(parts) && !/(?:^|[\s,])=?\s*v?\d/.test(parts.replace(/[>!]=?\s*v?[\w.+-]*/g, ''));
  });
}
