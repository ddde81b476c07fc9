import type { NativeCheck } from './native.ts';

/** RBAC, admission, API machinery, scheduling, certificates, flow control, devices, leases. */
export const CLUSTER: Readonly<Record<string, NativeCheck>> = {};
