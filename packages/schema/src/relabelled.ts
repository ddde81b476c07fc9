import { type GroupVersionKind, isArray, member, type Resource, valueAt } from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from './crd-index.ts';

/**
 * Tells whether a server makes one version of a custom resource of another by its apiVersion alone: the definition serves both, and converts by
 * none of its own. False where no definition is in sight.
 */
export function relabelledKinds(definitions: readonly Resource[]): (gvk: GroupVersionKind, version: string) => boolean {
  let kinds: CrdIndex | undefined;
  return ({ group, kind, version: own }, other) => {
    kinds ??= createCrdIndex(definitions);
    const found = kinds.kindOf(group, kind);
    const strategy = valueAt(found?.definition.object.spec, ['conversion', 'strategy']) ?? 'None';
    const isServed = (version: string): boolean => found?.versions.get(version)?.isServed === true;
    // Definitions of the first make have one schema for all, and say so elsewhere.
    const hasVersions = isArray(member(found?.definition.object.spec, 'versions'));
    return hasVersions && strategy === 'None' && isServed(own) && isServed(other);
  };
}
