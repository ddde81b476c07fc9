import type { NativeCheck } from './native.ts';

/** Kinds of the core group without pods in them: ConfigMap, Secret, quotas, limits, namespaces, nodes, events. */
export const CORE: Readonly<Record<string, NativeCheck>> = {};
