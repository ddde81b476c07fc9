import type { JsonObject } from '@plumbline/core';
import type { Health } from '../health.ts';
import { count, health, text } from '../rule.ts';

/** Every node that should have a pod has an available one of the latest template. */
export function daemonSet(object: JsonObject): Health {
  if (count(object, 'metadata', 'generation') > count(object, 'status', 'observedGeneration')) {
    return health('Progressing', 'waiting for the latest generation to be observed');
  }
  const wanted = count(object, 'status', 'desiredNumberScheduled');
  if (text(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return health('Healthy', `${count(object, 'status', 'updatedNumberScheduled')} of ${wanted} pods are updated`);
  const updated = count(object, 'status', 'updatedNumberScheduled');
  if (updated < wanted) return health('Progressing', `${updated} of ${wanted} pods are updated`);
  const available = count(object, 'status', 'numberAvailable');
  if (available < wanted) return health('Progressing', `${available} of ${wanted} pods are available`);
  return health('Healthy');
}
