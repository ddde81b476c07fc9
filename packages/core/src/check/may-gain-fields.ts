import type { Resource } from '../read/resource.ts';

/** Whether a build that was not run may give the object fields that it lacks. */
export function mayGainFields({ unit, gvk }: Resource): boolean {
  if (unit.state !== 'unbuilt') return false;
  const { mayAdd } = unit;
  if (mayAdd === undefined) return true;
  return mayAdd.fields && (mayAdd.kinds?.includes(gvk.kind) ?? true);
}
