import { withGeneration } from './cluster/generation.ts';
import { checkConfigMap, checkSecret } from './core/config.ts';
import { checkEvent } from './core/event.ts';
import { checkLimitRange } from './core/limit-range.ts';
import { checkNode } from './core/node.ts';
import { checkResourceQuota } from './core/quota.ts';
import { checkBinding, checkNamespace, checkServiceAccount } from './core/small.ts';
import type { NativeCheck } from './native.ts';

/** Kinds of the core group without pods in them: ConfigMap, Secret, quotas, limits, namespaces, nodes, events. */
export const CORE: Readonly<Record<string, NativeCheck>> = {
  '/Binding': checkBinding,
  '/ConfigMap': withGeneration(checkConfigMap),
  '/Event': checkEvent,
  'events.k8s.io/Event': checkEvent,
  '/LimitRange': checkLimitRange,
  '/Namespace': withGeneration(checkNamespace),
  '/Node': checkNode,
  '/ResourceQuota': checkResourceQuota,
  '/Secret': withGeneration(checkSecret),
  '/ServiceAccount': withGeneration(checkServiceAccount),
};
