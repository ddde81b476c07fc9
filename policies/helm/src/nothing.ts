import type { Problem } from '@plumbline/core';

/** What a rule gives of an object of which there is nothing to say: the same list for all. */
export const NOTHING: readonly Problem[] = [];
