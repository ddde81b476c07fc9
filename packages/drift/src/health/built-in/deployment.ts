import type { JsonObject } from '@plumbline/core';
import { valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { conditionsOf, count, health } from '../rule.ts';

/** A rollout is done once all replicas are of the latest template, available, and no older ones are left. */
export function deployment(object: JsonObject): Health {
  if (valueAt(object, ['spec', 'paused']) === true) return health('Suspended', 'the rollout is paused');
  if (count(object, 'metadata', 'generation') > count(object, 'status', 'observedGeneration')) {
    return health('Progressing', 'waiting for the latest generation to be observed');
  }
  const stuck = conditionsOf(object).find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
  if (stuck !== undefined) return health('Degraded', 'the rollout exceeded its progress deadline');
  const wanted = valueAt(object, ['spec', 'replicas']);
  const [updated, total, available] = [
    count(object, 'status', 'updatedReplicas'),
    count(object, 'status', 'replicas'),
    count(object, 'status', 'availableReplicas'),
  ];
  if (typeof wanted === 'number' && updated < wanted) return health('Progressing', `${updated} of ${wanted} new replicas are there`);
  if (total > updated) return health('Progressing', `${total - updated} old replicas are still there`);
  if (available < updated) return health('Progressing', `${available} of ${updated} new replicas are available`);
  return health('Healthy');
}
