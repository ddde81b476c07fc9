import { isArray, isObject, type JsonObject, type JsonValue, member, type Resource, valueAt } from '@plumbline/core';
import { createCrdType, hasExpressions, hasOddPattern } from './crd-type.ts';
import type { Type } from './type.ts';

/** A kind that a CustomResourceDefinition in the repository defines. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: ReadonlyMap<string, CustomVersion>;
  readonly definition: Defined;
}

export interface CustomVersion {
  readonly name: string;
  readonly isServed: boolean;
  readonly isDeprecated: boolean;
  readonly deprecationWarning: string | undefined;
  readonly hasStatus: boolean;
  readonly hasExpressions: boolean;
  readonly hasOddPattern: boolean;
  /** As the definition writes it; undefined where the version has none, which only v1beta1 allows. */
  readonly schema: JsonObject | undefined;
  /** Undefined where there is no schema. */
  type(metadata: Type): Type | undefined;
}

/** All that is read of a definition. */
export type Defined = Pick<Resource, 'object'>;

/** Kinds by `group/kind`, and the groups that any definition has. */
export interface CrdIndex {
  kindOf(group: string, kind: string): CustomKind | undefined;
  hasGroup(group: string): boolean;
  kindsOf(group: string): readonly CustomKind[];
}

/** A definition is read once, however many inventories it is in. */
const known = new WeakMap<JsonObject, CustomKind | null>();

export function createCrdIndex(definitions: readonly Defined[]): CrdIndex {
  const byKind = new Map<string, CustomKind>();
  const byGroup = new Map<string, CustomKind[]>();
  for (const definition of definitions) {
    const kind = readDefinition(definition);
    if (kind === undefined || byKind.has(`${kind.group}/${kind.kind}`)) continue;
    byKind.set(`${kind.group}/${kind.kind}`, kind);
    const group = byGroup.get(kind.group);
    if (group) group.push(kind);
    else byGroup.set(kind.group, [kind]);
  }
  return {
    kindOf: (group, kind) => byKind.get(`${group}/${kind}`),
    hasGroup: (group) => byGroup.has(group),
    kindsOf: (group) => byGroup.get(group) ?? [],
  };
}

function readDefinition(definition: Defined): CustomKind | undefined {
  const seen = known.get(definition.object);
  if (seen !== undefined) return seen ?? undefined;
  const kind = toKind(definition);
  known.set(definition.object, kind ?? null);
  return kind;
}

function toKind(definition: Defined): CustomKind | undefined {
  const spec = definition.object.spec;
  const group = member(spec, 'group');
  const kind = valueAt(spec, ['names', 'kind']);
  const plural = valueAt(spec, ['names', 'plural']);
  if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string') return undefined;
  const versions = new Map<string, CustomVersion>();
  const written = member(spec, 'versions');
  const shared = valueAt(spec, ['validation', 'openAPIV3Schema']);
  const sharedSubresources = member(spec, 'subresources');
  for (const version of isArray(written) ? written : []) {
    const name = member(version, 'name');
    if (typeof name === 'string') versions.set(name, toVersion(name, version, shared, sharedSubresources));
  }
  const only = member(spec, 'version');
  if (typeof only === 'string' && !versions.has(only)) versions.set(only, toVersion(only, { served: true }, shared, sharedSubresources));
  return { group, kind, plural, scope: member(spec, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced', versions, definition };
}

function toVersion(
  name: string,
  version: JsonValue,
  shared: JsonValue | undefined,
  sharedSubresources: JsonValue | undefined,
): CustomVersion {
  const own = valueAt(version, ['schema', 'openAPIV3Schema']);
  const schema = isObject(own) ? own : isObject(shared) ? shared : undefined;
  const subresources = member(version, 'subresources') ?? sharedSubresources;
  const warning = member(version, 'deprecationWarning');
  let type: Type | undefined;
  let expressions: boolean | undefined;
  let oddPattern: boolean | undefined;
  return {
    name,
    schema,
    isServed: member(version, 'served') !== false,
    isDeprecated: member(version, 'deprecated') === true,
    deprecationWarning: typeof warning === 'string' ? warning : undefined,
    hasStatus: isObject(member(subresources, 'status')),
    get hasExpressions() {
      expressions ??= schema !== undefined && hasExpressions(schema);
      return expressions;
    },
    get hasOddPattern() {
      oddPattern ??= schema !== undefined && hasOddPattern(schema);
      return oddPattern;
    },
    type(metadata) {
      if (type === undefined && schema !== undefined) type = createCrdType(schema, metadata);
      return type;
    },
  };
}
