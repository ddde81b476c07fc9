// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as bareListKind } from './rules/bare-list-kind.ts';
import { rule as defaultNamespace } from './rules/default-namespace.ts';
import { rule as duplicateResource } from './rules/duplicate-resource.ts';
import { rule as generateNameInGitops } from './rules/generate-name-in-gitops.ts';
import { rule as namespaceMissingObject } from './rules/namespace-missing-object.ts';
import { rule as ownerReferenceInGit } from './rules/owner-reference-in-git.ts';

export const rules: readonly Rule[] = [
  bareListKind,
  defaultNamespace,
  duplicateResource,
  generateNameInGitops,
  namespaceMissingObject,
  ownerReferenceInGit,
];
