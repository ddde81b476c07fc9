// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as kustomizationPath } from './rules/kustomization-path.ts';
import { rule as sourceRef } from './rules/source-ref.ts';

export const rules: readonly Rule[] = [kustomizationPath, sourceRef];
