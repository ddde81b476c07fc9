import { type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { count, health, text } from '../rule.ts';

/** Pods are replaced from the last one down to the partition; with OnDelete, whenever somebody deletes them. */
export function statefulSet(object: JsonObject): Health {
  const observed = count(object, 'status', 'observedGeneration');
  if (observed === 0 || count(object, 'metadata', 'generation') > observed) {
    return health('Progressing', 'waiting for the latest generation to be observed');
  }
  const wanted = valueAt(object, ['spec', 'replicas']);
  const ready = count(object, 'status', 'readyReplicas');
  if (typeof wanted === 'number' && ready < wanted) return health('Progressing', `${ready} of ${wanted} pods are ready`);
  const strategy = text(object, 'spec', 'updateStrategy', 'type');
  const partition = valueAt(object, ['spec', 'updateStrategy', 'rollingUpdate', 'partition']);
  if (strategy === 'RollingUpdate' && valueAt(object, ['spec', 'updateStrategy', 'rollingUpdate']) !== undefined) {
    if (typeof wanted === 'number' && typeof partition === 'number') {
      const updated = count(object, 'status', 'updatedReplicas');
      if (updated < wanted - partition) return health('Progressing', `${updated} of ${wanted - partition} pods are updated`);
    }
    return health('Healthy', `the partitioned rollout is done: ${count(object, 'status', 'updatedReplicas')} pods are updated`);
  }
  if (strategy === 'OnDelete') return health('Healthy', `${ready} pods are ready`);
  if (text(object, 'status', 'updateRevision') !== text(object, 'status', 'currentRevision')) {
    return health('Progressing', `${count(object, 'status', 'updatedReplicas')} pods are at the new revision`);
  }
  return health('Healthy');
}
