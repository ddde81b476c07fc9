import type { GroupVersionKind, KindCatalogue, Resource } from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from './crd-index.ts';
import type { SchemaSet } from './schema-set.ts';

const indexes = new WeakMap<KindCatalogue, CrdIndex>();

/** Scope and origin of kinds: the built-in ones, and those that the definitions in sight define. */
export function createKindCatalogue(schemas: SchemaSet, definitions: readonly Resource[]): KindCatalogue {
  const index = createCrdIndex(definitions);
  const builtin = new Map<string, 'Namespaced' | 'Cluster'>();
  for (const kind of schemas.kinds()) builtin.set(`${kind.group}/${kind.kind}`, kind.scope ?? 'Namespaced');
  const catalogue: KindCatalogue = {
    scopeOf: (gvk: GroupVersionKind) => builtin.get(`${gvk.group}/${gvk.kind}`) ?? index.kindOf(gvk.group, gvk.kind)?.scope,
    isBuiltinGroup: (group) => schemas.isBuiltinGroup(group),
  };
  indexes.set(catalogue, index);
  return catalogue;
}

/** The definitions that a catalogue was made of; undefined for one of another make. */
export function definitionsOf(catalogue: KindCatalogue): CrdIndex | undefined {
  return indexes.get(catalogue);
}
