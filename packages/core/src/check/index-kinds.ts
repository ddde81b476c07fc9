import type { Resource } from '../read/resource.ts';
import { addTo } from '../values/add-to.ts';
import { kindKey } from '../values/gvk.ts';

/** Resources by group and kind, whatever their version; each list keeps the order. */
export function indexKinds(resources: Iterable<Resource>): ReadonlyMap<string, readonly Resource[]> {
  const kinds = new Map<string, Resource[]>();
  for (const resource of resources) addTo(kinds, kindKey(resource.gvk), resource);
  return kinds;
}
