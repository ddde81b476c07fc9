// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as applicationSourcePath } from './rules/application-source-path.ts';
import { rule as appprojectWildcard } from './rules/appproject-wildcard.ts';
import { rule as appsetGeneratorEmpty } from './rules/appset-generator-empty.ts';
import { rule as appsetPreserve } from './rules/appset-preserve.ts';
import { rule as appsetProjectMatch } from './rules/appset-project-match.ts';
import { rule as appsetTemplate } from './rules/appset-template.ts';
import { rule as cmPartOf } from './rules/cm-part-of.ts';
import { rule as defaultProject } from './rules/default-project.ts';
import { rule as destination } from './rules/destination.ts';
import { rule as duplicateOwnership } from './rules/duplicate-ownership.ts';
import { rule as hookAnnotation } from './rules/hook-annotation.ts';
import { rule as ignoreDifferences } from './rules/ignore-differences.ts';
import { rule as namespace } from './rules/namespace.ts';
import { rule as projectMissing } from './rules/project-missing.ts';
import { rule as rolloutPause } from './rules/rollout-pause.ts';
import { rule as rolloutSettings } from './rules/rollout-settings.ts';
import { rule as syncOptions } from './rules/sync-options.ts';
import { rule as syncPolicy } from './rules/sync-policy.ts';
import { rule as syncWave } from './rules/sync-wave.ts';
import { rule as targetRevision } from './rules/target-revision.ts';
import { rule as workflowFailfast } from './rules/workflow-failfast.ts';
import { rule as workflowRetry } from './rules/workflow-retry.ts';
import { rule as workflowSa } from './rules/workflow-sa.ts';

export const rules: readonly Rule[] = [
  applicationSourcePath,
  appprojectWildcard,
  appsetGeneratorEmpty,
  appsetPreserve,
  appsetProjectMatch,
  appsetTemplate,
  cmPartOf,
  defaultProject,
  destination,
  duplicateOwnership,
  hookAnnotation,
  ignoreDifferences,
  namespace,
  projectMissing,
  rolloutPause,
  rolloutSettings,
  syncOptions,
  syncPolicy,
  syncWave,
  targetRevision,
  workflowFailfast,
  workflowRetry,
  workflowSa,
];
