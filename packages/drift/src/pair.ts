import type { GroupVersionKind, Resource } from '@plumbline/core';

/** The same object on both sides; one of them may lack. */
export interface Pair {
  readonly desired: Resource | undefined;
  readonly actual: Resource | undefined;
}

/** Pairs by group, kind, namespace and name: the version does not tell objects apart. In order of the desired side, then of the actual one. */
export function pair(
  desired: readonly Resource[],
  actual: readonly Resource[],
  isNamespaced: (gvk: GroupVersionKind) => boolean | undefined,
): readonly Pair[] {
  const keyOf = ({ gvk, namespace, name }: Resource): string => {
    const place = isNamespaced(gvk) === false ? '' : (namespace ?? (isNamespaced(gvk) === true ? 'default' : ''));
    return `${gvk.group}\n${gvk.kind}\n${place}\n${name}`;
  };
  const byKey = new Map<string, Resource>();
  for (const resource of actual) if (!byKey.has(keyOf(resource))) byKey.set(keyOf(resource), resource);
  const seen = new Set<string>();
  const pairs: Pair[] = [];
  for (const resource of desired) {
    const key = keyOf(resource);
    if (seen.has(key)) continue;
    seen.add(key);
    pairs.push({ desired: resource, actual: byKey.get(key) });
  }
  for (const [key, resource] of byKey) if (!seen.has(key)) pairs.push({ desired: undefined, actual: resource });
  return pairs;
}
