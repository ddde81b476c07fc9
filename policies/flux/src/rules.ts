// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as chartVersionUnpinned } from './rules/chart-version-unpinned.ts';
import { rule as crdsPolicy } from './rules/crds-policy.ts';
import { rule as decryption } from './rules/decryption.ts';
import { rule as decryptionUnused } from './rules/decryption-unused.ts';
import { rule as dependsOn } from './rules/depends-on.ts';
import { rule as duplicateOwnership } from './rules/duplicate-ownership.ts';
import { rule as gitRefBranch } from './rules/git-ref-branch.ts';
import { rule as gotkSyncDrift } from './rules/gotk-sync-drift.ts';
import { rule as imageAutomationBranch } from './rules/image-automation-branch.ts';
import { rule as imagePolicyMarker } from './rules/image-policy-marker.ts';
import { rule as intervalMissingOrLow } from './rules/interval-missing-or-low.ts';
import { rule as kustomizationPath } from './rules/kustomization-path.ts';
import { rule as notificationProvider } from './rules/notification-provider.ts';
import { rule as ociDigest } from './rules/oci-digest.ts';
import { rule as pruneDisabled } from './rules/prune-disabled.ts';
import { rule as remediation } from './rules/remediation.ts';
import { rule as resourceset } from './rules/resourceset.ts';
import { rule as serviceAccount } from './rules/service-account.ts';
import { rule as sourceRef } from './rules/source-ref.ts';
import { rule as substituteFromMissing } from './rules/substitute-from-missing.ts';
import { rule as suspended } from './rules/suspended.ts';
import { rule as targetNamespace } from './rules/target-namespace.ts';
import { rule as unreachable } from './rules/unreachable.ts';
import { rule as valuesFromMissing } from './rules/values-from-missing.ts';
import { rule as verifySignature } from './rules/verify-signature.ts';
import { rule as waitAndHealthchecks } from './rules/wait-and-healthchecks.ts';

export const rules: readonly Rule[] = [
  chartVersionUnpinned,
  crdsPolicy,
  decryption,
  decryptionUnused,
  dependsOn,
  duplicateOwnership,
  gitRefBranch,
  gotkSyncDrift,
  imageAutomationBranch,
  imagePolicyMarker,
  intervalMissingOrLow,
  kustomizationPath,
  notificationProvider,
  ociDigest,
  pruneDisabled,
  remediation,
  resourceset,
  serviceAccount,
  sourceRef,
  substituteFromMissing,
  suspended,
  targetNamespace,
  unreachable,
  valuesFromMissing,
  verifySignature,
  waitAndHealthchecks,
];
