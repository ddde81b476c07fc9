import type { GroupVersionKind } from '@plumbline/core';
import type { HealthRule } from '../rule.ts';

/** The rule of a project's kind, where it is not the general one. */
export function customHealth(_: GroupVersionKind): HealthRule | undefined {
  return undefined;
}
