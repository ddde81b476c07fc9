import type { NativeCheck } from './native.ts';

/** Workloads: apps, batch, autoscaling, policy. */
export const APPS: Readonly<Record<string, NativeCheck>> = {};
