import { type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { conditionsOf, count, health } from '../rule.ts';

export function replicaSet(object: JsonObject): Health {
  if (count(object, 'metadata', 'generation') > count(object, 'status', 'observedGeneration')) {
    return health('Progressing', 'waiting for the latest generation to be observed');
  }
  const failure = conditionsOf(object).find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failure !== undefined) return health('Degraded', failure.message);
  const wanted = valueAt(object, ['spec', 'replicas']);
  const available = count(object, 'status', 'availableReplicas');
  if (typeof wanted === 'number' && available < wanted) return health('Progressing', `${available} of ${wanted} replicas are available`);
  return health('Healthy');
}
