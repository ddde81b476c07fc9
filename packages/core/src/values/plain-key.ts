import type { JsonValue } from './json.ts';

/** A text that two values have in common exactly when they are written alike: members in their order, integers exact. */
export function plainKey(value: JsonValue): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
}
