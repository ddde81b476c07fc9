// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as deprecatedField } from './rules/deprecated-field.ts';
import { rule as remoteUnpinned } from './rules/remote-unpinned.ts';

export const rules: readonly Rule[] = [deprecatedField, remoteUnpinned];
