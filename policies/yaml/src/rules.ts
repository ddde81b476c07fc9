// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as aliasBomb } from './rules/alias-bomb.ts';
import { rule as bomCrlfNonutf8 } from './rules/bom-crlf-nonutf8.ts';
import { rule as duplicateAnchorAlias } from './rules/duplicate-anchor-alias.ts';
import { rule as duplicateKey } from './rules/duplicate-key.ts';
import { rule as mergeConflictMarker } from './rules/merge-conflict-marker.ts';
import { rule as multiDocSeparator } from './rules/multi-doc-separator.ts';
import { rule as norway } from './rules/norway.ts';
import { rule as parse } from './rules/parse.ts';
import { rule as tabsIndent } from './rules/tabs-indent.ts';
import { rule as unresolvedTemplate } from './rules/unresolved-template.ts';

export const rules: readonly Rule[] = [
  aliasBomb,
  bomCrlfNonutf8,
  duplicateAnchorAlias,
  duplicateKey,
  mergeConflictMarker,
  multiDocSeparator,
  norway,
  parse,
  tabsIndent,
  unresolvedTemplate,
];
