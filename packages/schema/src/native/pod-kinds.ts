import type { NativeCheck } from './native.ts';

/** Pods and pod templates. */
export const POD_KINDS: Readonly<Record<string, NativeCheck>> = {};
