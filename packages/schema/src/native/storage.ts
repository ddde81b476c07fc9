import type { NativeCheck } from './native.ts';

/** Volumes, claims and storage classes. */
export const STORAGE: Readonly<Record<string, NativeCheck>> = {};
