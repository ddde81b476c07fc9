import { isPlain, type JsonValue, member, type Resource, valueAt } from '@plumbline/core';
import { SOURCES } from './kinds.ts';

/** What a reference to a source says. */
export interface SourceRef {
  readonly kind: string;
  readonly name: string;
  /** That of the referring object where none is written. */
  readonly namespace: string | undefined;
  readonly isOtherNamespace: boolean;
}

/** Reads `sourceRef` and the like; undefined where kind or name is missing or filled in later. */
export function readSourceRef(resource: Resource, ref: JsonValue | undefined): SourceRef | undefined {
  const kind = member(ref, 'kind');
  const name = member(ref, 'name');
  if (typeof kind !== 'string' || typeof name !== 'string' || !isPlain(kind) || !isPlain(name)) return undefined;
  const written = member(ref, 'namespace');
  const own = typeof written === 'string' && written !== '' ? written : undefined;
  return {
    kind,
    name,
    namespace: own ?? resource.namespace,
    isOtherNamespace: own !== undefined && resource.namespace !== undefined && own !== resource.namespace,
  };
}

/** The source that a Flux Kustomization reads. */
export function sourceOfKustomization(resource: Resource): SourceRef | undefined {
  return readSourceRef(resource, valueAt(resource.object, ['spec', 'sourceRef']));
}

export function sourceKey(kind: string): string {
  return `${SOURCES}/${kind}`;
}
