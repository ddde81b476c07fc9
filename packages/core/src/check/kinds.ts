import type { GroupVersionKind } from '../values/gvk.ts';

/** What is known of kinds, from schemas and from the custom resource definitions in sight. Plain look-ups, no I/O. */
export interface KindCatalogue {
  /** Undefined where the kind is not known. */
  scopeOf(gvk: GroupVersionKind): 'Namespaced' | 'Cluster' | undefined;
  /** Whether the group is one of Kubernetes' own (`apps`, `''`, `*.k8s.io` that ship with it). */
  isBuiltinGroup(group: string): boolean;
}
