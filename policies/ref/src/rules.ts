// Written by `pnpm gen` from the files in rules/; not edited by hand.
import type { Rule } from '@plumbline/core';
import { rule as configmapMissing } from './rules/configmap-missing.ts';
import { rule as crdMissing } from './rules/crd-missing.ts';
import { rule as crossNamespace } from './rules/cross-namespace.ts';
import { rule as hpaTarget } from './rules/hpa-target.ts';
import { rule as ingressBackend } from './rules/ingress-backend.ts';
import { rule as keyMissing } from './rules/key-missing.ts';
import { rule as networkpolicyNoPods } from './rules/networkpolicy-no-pods.ts';
import { rule as ownerChainCycle } from './rules/owner-chain-cycle.ts';
import { rule as pdbNoPods } from './rules/pdb-no-pods.ts';
import { rule as priorityclassMissing } from './rules/priorityclass-missing.ts';
import { rule as pvcMissing } from './rules/pvc-missing.ts';
import { rule as rolebindingRole } from './rules/rolebinding-role.ts';
import { rule as secretMissing } from './rules/secret-missing.ts';
import { rule as serviceNoPods } from './rules/service-no-pods.ts';
import { rule as serviceTargetPort } from './rules/service-target-port.ts';
import { rule as serviceaccountMissing } from './rules/serviceaccount-missing.ts';
import { rule as servicemonitor } from './rules/servicemonitor.ts';
import { rule as webhookService } from './rules/webhook-service.ts';

export const rules: readonly Rule[] = [
  configmapMissing,
  crdMissing,
  crossNamespace,
  hpaTarget,
  ingressBackend,
  keyMissing,
  networkpolicyNoPods,
  ownerChainCycle,
  pdbNoPods,
  priorityclassMissing,
  pvcMissing,
  rolebindingRole,
  secretMissing,
  serviceNoPods,
  serviceTargetPort,
  serviceaccountMissing,
  servicemonitor,
  webhookService,
];
