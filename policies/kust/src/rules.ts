// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as deprecatedField } from './rules/deprecated-field.ts';
import { rule as imagesUnused } from './rules/images-unused.ts';
import { rule as nameReferenceBroken } from './rules/name-reference-broken.ts';
import { rule as namespaceConflict } from './rules/namespace-conflict.ts';
import { rule as orphanFile } from './rules/orphan-file.ts';
import { rule as patchNoMatch } from './rules/patch-no-match.ts';
import { rule as patchNoop } from './rules/patch-noop.ts';
import { rule as remoteUnpinned } from './rules/remote-unpinned.ts';

export const rules: readonly Rule[] = [
  deprecatedField,
  imagesUnused,
  nameReferenceBroken,
  namespaceConflict,
  orphanFile,
  patchNoMatch,
  patchNoop,
  remoteUnpinned,
];
