import { type JsonObject, parseGvk, type Resource } from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from './crd-index.ts';
import { minorOf, type SchemaSet } from './schema-set.ts';
import { type Type, typeOf } from './type.ts';

/** The type of an object's kind, and whether the server reads it into Go structures. */
export interface KindType {
  readonly type: Type;
  readonly isBuiltin: boolean;
}

/** Looks up the types of objects: built-in kinds of a version, and custom resources by the definitions given. */
export function kindTypes(
  schemas: SchemaSet,
  version: string,
  definitions: readonly Resource[] = [],
): (object: JsonObject) => KindType | undefined {
  const minor = minorOf(version);
  let crds: CrdIndex | undefined;
  return (object) => {
    const { apiVersion, kind } = object;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
    const gvk = parseGvk(apiVersion, kind);
    const builtin = schemas.kindOf(gvk.group, gvk.version, gvk.kind);
    const line = builtin === undefined ? -1 : schemas.lineOf(builtin, minor);
    if (line >= 0) return { type: schemas.typeAt(line), isBuiltin: true };
    crds ??= createCrdIndex(definitions);
    const type = crds.kindOf(gvk.group, gvk.kind)?.versions.get(gvk.version)?.type(metadataOf(schemas, minor));
    return type === undefined ? undefined : { type, isBuiltin: false };
  };
}

/** The type of metadata, which definitions do not say. */
function metadataOf(schemas: SchemaSet, minor: number): Type {
  const kind = schemas.kindOf('', 'v1', 'ConfigMap');
  const field = kind && schemas.typeAt(schemas.lineOf(kind, minor)).fields?.get('metadata');
  if (field === undefined) throw new Error('the schema data has no ConfigMap');
  return typeOf(field);
}
