import type { NativeCheck } from './native.ts';

/** Services, endpoints, ingress, network policies. */
export const NETWORK: Readonly<Record<string, NativeCheck>> = {};
