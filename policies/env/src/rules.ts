// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as crossEnvLeak } from './rules/cross-env-leak.ts';
import { rule as driftKey } from './rules/drift-key.ts';
import { rule as duplicateHosts } from './rules/duplicate-hosts.ts';
import { rule as featureFlagLeft } from './rules/feature-flag-left.ts';
import { rule as layout } from './rules/layout.ts';
import { rule as liveHardening } from './rules/live-hardening.ts';
import { rule as owner } from './rules/owner.ts';
import { rule as staleBranch } from './rules/stale-branch.ts';
import { rule as unexpectedDiff } from './rules/unexpected-diff.ts';
import { rule as versionOrder } from './rules/version-order.ts';
import { rule as versionSkipped } from './rules/version-skipped.ts';

export const rules: readonly Rule[] = [
  crossEnvLeak,
  driftKey,
  duplicateHosts,
  featureFlagLeft,
  layout,
  liveHardening,
  owner,
  staleBranch,
  unexpectedDiff,
  versionOrder,
  versionSkipped,
];
