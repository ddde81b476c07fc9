import { CLUSTER } from './cluster.ts';
import type { NativeCheck } from './native.ts';
import { STORAGE } from './storage.ts';

const CHECKS: Readonly<Record<string, NativeCheck>> = { ...STORAGE, ...CLUSTER };

/** What the server checks of a kind (`group/Kind`) that many repositories do without; undefined where it checks nothing. */
export function rareCheck(key: string): NativeCheck | undefined {
  return Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
}
