import type { GroupVersionKind, KindCatalogue } from '@plumbline/core';
import { definitionsOf } from './kind-catalogue.ts';
import type { BuiltinKind, SchemaSet } from './schema-set.ts';

/** A kind as requests name it: `deployments` of `apps/v1`. */
export interface RequestedType extends GroupVersionKind {
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** How requests name a kind, and the same objects under other served versions. */
export interface RequestedTypes {
  readonly type: RequestedType;
  readonly equivalents: readonly RequestedType[];
}

/** Undefined for a kind that neither Kubernetes nor a definition in sight has. */
export function requestedTypesOf(
  { group, version, kind }: GroupVersionKind,
  minor: number,
  schemas: SchemaSet,
  kinds: KindCatalogue,
): RequestedTypes | undefined {
  const builtin = schemas.kindOf(group, version, kind);
  if (builtin !== undefined) {
    const isServed = (one: BuiltinKind): boolean => one.kind === kind && one.off === undefined && schemas.lineOf(one, minor) >= 0;
    const other = kind === 'Event' ? EVENT_GROUPS.find((one) => one !== group && EVENT_GROUPS.includes(group)) : undefined;
    const others = [...schemas.kindsOf(group), ...(other === undefined ? [] : schemas.kindsOf(other))].filter(isServed);
    return {
      type: typeOf(builtin),
      equivalents: others.filter((one) => one.version !== version || one.group !== group).map(typeOf),
    };
  }
  const custom = definitionsOf(kinds)?.kindOf(group, kind);
  if (custom?.versions.has(version) !== true) return undefined;
  const form = (name: string): RequestedType => ({
    group,
    version: name,
    kind,
    resource: custom.plural,
    isNamespaced: custom.scope === 'Namespaced',
  });
  const served = [...custom.versions.values()].filter((one) => one.isServed && one.name !== version);
  return { type: form(version), equivalents: served.map(({ name }) => form(name)) };
}

/** Events are the same objects in both groups. */
const EVENT_GROUPS = ['', 'events.k8s.io'];

function typeOf({ group, version, kind, scope }: BuiltinKind): RequestedType {
  return { group, version, kind, resource: pluralOf(kind), isNamespaced: scope !== 'Cluster' };
}

/** As apimachinery guesses it; of the built-in kinds only Endpoints is called otherwise. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === 'endpoints') return lower;
  if (lower.endsWith('s')) return `${lower}es`;
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}
