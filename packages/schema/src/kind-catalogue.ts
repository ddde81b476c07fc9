import type { GroupVersionKind, KindCatalogue, Resource } from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from './crd-index.ts';
import type { MoreSchemas } from './more-schemas/more-schemas.ts';
import type { SchemaSet } from './schema-set.ts';

const indexes = new WeakMap<KindCatalogue, CrdIndex>();

/** Scope and origin of kinds: the built-in ones, those that the definitions in sight define, and those that users bring a definition of. */
export function createKindCatalogue(
  schemas: SchemaSet,
  definitions: readonly Resource[],
  more?: () => MoreSchemas | undefined,
): KindCatalogue {
  const index = createCrdIndex(definitions);
  const builtin = new Map<string, 'Namespaced' | 'Cluster'>();
  for (const kind of schemas.kinds()) builtin.set(`${kind.group}/${kind.kind}`, kind.scope ?? 'Namespaced');
  const scopeElsewhere = (gvk: GroupVersionKind): 'Namespaced' | 'Cluster' | undefined => {
    const found = schemas.isBuiltinGroup(gvk.group) ? undefined : more?.()?.schemaOf(gvk, schemas.versions[0] ?? '');
    return found?.form === 'definition' ? found.kind.scope : undefined;
  };
  const catalogue: KindCatalogue = {
    scopeOf: (gvk: GroupVersionKind) =>
      builtin.get(`${gvk.group}/${gvk.kind}`) ?? index.kindOf(gvk.group, gvk.kind)?.scope ?? scopeElsewhere(gvk),
    isBuiltinGroup: (group) => schemas.isBuiltinGroup(group),
  };
  indexes.set(catalogue, index);
  return catalogue;
}

/** The definitions that a catalogue was made of; undefined for one of another make. */
export function definitionsOf(catalogue: KindCatalogue): CrdIndex | undefined {
  return indexes.get(catalogue);
}
