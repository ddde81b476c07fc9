// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as celCost } from './rules/cel-cost.ts';
import { rule as crdStorageServed } from './rules/crd-storage-served.ts';
import { rule as deprecatedAnnotation } from './rules/deprecated-annotation.ts';
import { rule as deprecatedCrdVersion } from './rules/deprecated-crd-version.ts';

export const rules: readonly Rule[] = [celCost, crdStorageServed, deprecatedAnnotation, deprecatedCrdVersion];
