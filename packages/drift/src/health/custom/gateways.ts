// Gateway API and what stands on it, Gloo, routes of OpenShift.
import { isObject, type JsonObject, type JsonValue, valueAt } from '@plumbline/core';
import type { Health, HealthStatus } from '../health.ts';
import {
  always,
  byConditions,
  type Condition,
  conditionsOf,
  first,
  type HealthRule,
  health,
  list,
  stale,
  staleConditions,
  unseen,
} from '../rule.ts';
import type { HealthTable } from './custom.ts';

/** By the conditions that each parent, ancestor or router has given: the worst of them counts. */
function parents(key: 'parents' | 'ancestors' | 'ingress'): HealthRule {
  return (object) => {
    const all = list(object, ['status', key]).map((_, index) => conditionsOf(object, ['status', key, index, 'conditions']));
    const said = all.map(ofParent);
    for (const status of ['Degraded', 'Progressing'] as const) {
      const found = said.find((one) => one?.status === status);
      if (found !== undefined) return found;
    }
    return all.length === 0 ? undefined : health('Healthy');
  };
}

/** What must hold; a route that is not programmed yet is on its way. */
const NEEDED = ['Accepted', 'ResolvedRefs', 'Admitted', 'Reconciled'];

function ofParent(conditions: readonly Condition[]): Health | undefined {
  const failed =
    conditions.find(({ type, status }) => NEEDED.includes(type) && status === 'False') ??
    conditions.find(({ type, status }) => type === 'Conflicted' && status === 'True');
  if (failed !== undefined) return health('Degraded', failed.message);
  const open =
    conditions.find(({ type, status }) => type === 'Programmed' && status === 'False') ??
    conditions.find(({ type, status }) => (NEEDED.includes(type) || type === 'Programmed') && status === 'Unknown');
  if (open !== undefined) return health('Progressing', open.message);
  const isTaken = conditions.some(({ type, status }) => NEEDED.includes(type) && status === 'True');
  return conditions.length === 0 || isTaken ? undefined : health('Degraded', 'not accepted');
}

const route = first(unseen, staleParents, parents('parents'), always('Progressing'));
const policy = first(unseen, stale, staleParents, parents('ancestors'), always('Progressing'));

/** A parent that has looked at an older generation only. */
function staleParents(object: JsonObject): Health | undefined {
  const generation = valueAt(object, ['metadata', 'generation']);
  const all = ['parents', 'ancestors'].flatMap((key) => list(object, ['status', key]).flatMap((one) => list(one, ['conditions'])));
  const isOld = all.some((one) => typeof generation === 'number' && olderThan(valueAt(one, ['observedGeneration']), generation));
  return isOld ? health('Progressing', 'waiting for the latest generation to be observed') : undefined;
}

function olderThan(observed: JsonValue | undefined, generation: number): boolean {
  return typeof observed === 'number' && observed !== generation;
}

/** States of Gloo, by number in older versions. */
const GLOO: Readonly<Record<string, HealthStatus>> = {
  0: 'Suspended',
  1: 'Healthy',
  2: 'Degraded',
  3: 'Degraded',
  Pending: 'Suspended',
  Accepted: 'Healthy',
  Rejected: 'Degraded',
  Warning: 'Degraded',
};

function gloo(object: JsonObject): Health {
  const statuses = valueAt(object, ['status', 'statuses']);
  const all = isObject(statuses) ? Object.values(statuses) : [object.status ?? null];
  const states = all.map((one) => valueAt(one, ['state'])).map((state) => GLOO[String(state)]);
  for (const status of ['Degraded', 'Suspended', 'Healthy'] as const) if (states.includes(status)) return health(status);
  return health('Progressing', 'waiting for a status');
}

const accepted = byConditions(
  ['Accepted', 'False', 'Degraded'],
  ['Programmed', 'False', 'Degraded'],
  ['Accepted', 'Unknown', 'Progressing'],
  ['Programmed', 'Unknown', 'Progressing'],
  ['Programmed', 'True', 'Healthy'],
  ['Accepted', 'True', 'Healthy'],
);

export const gateways: HealthTable = {
  'gateway.networking.k8s.io/GatewayClass': first(unseen, staleConditions, accepted, always('Progressing')),
  'gateway.networking.k8s.io/Gateway': first(unseen, staleConditions, accepted, always('Progressing')),
  'gateway.networking.k8s.io/BackendTLSPolicy': policy,
  'gateway.networking.k8s.io/*': route,
  'microgateway.airlock.com/*': policy,
  'route.openshift.io/Route': first(unseen, parents('ingress'), always('Progressing')),
  'gateway.solo.io/*': gloo,
  'gloo.solo.io/*': gloo,
};
