// OpenKruise: workloads and rollouts.
import { type JsonObject, type JsonValue, valueAt } from '@plumbline/core';
import { always, byConditions, byText, count, first, type HealthRule, list, stale, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

function updateStrategy(object: JsonObject, ...path: readonly string[]): JsonValue | undefined {
  return valueAt(object, ['spec', 'updateStrategy', ...path]);
}

const isPaused = (object: JsonObject): boolean =>
  updateStrategy(object, 'paused') === true || updateStrategy(object, 'rollingUpdate', 'paused') === true;
const isPartitioned = (object: JsonObject): boolean => {
  const partition = updateStrategy(object, 'partition') ?? updateStrategy(object, 'rollingUpdate', 'partition');
  return partition !== undefined && partition !== 0 && partition !== null && partition !== '0' && partition !== '0%';
};
const wanted = (object: JsonObject): number => count(object, 'spec', 'replicas') || count(object, 'status', 'replicas');
const isUpdated = (object: JsonObject): boolean => {
  const available = valueAt(object, ['status', 'updatedAvailableReplicas']);
  return typeof available === 'number' && available >= wanted(object);
};

const workload: HealthRule = first(
  unseen,
  stale,
  when(isPaused, 'Suspended', 'the update is paused'),
  when(
    (object) =>
      isPartitioned(object) &&
      count(object, 'status', 'updatedReplicas') < count(object, 'status', 'replicas') &&
      count(object, 'status', 'updatedReplicas') === count(object, 'status', 'updatedReadyReplicas'),
    'Suspended',
    'the update waits at its partition',
  ),
  when(isUpdated, 'Healthy'),
  byConditions(
    ['FailedScale', 'True', 'Degraded'],
    ['FailedUpdate', 'True', 'Degraded'],
    ['FailedCreatePod', 'True', 'Degraded'],
    ['FailedUpdatePod', 'True', 'Degraded'],
  ),
  when((object) => count(object, 'status', 'updatedReadyReplicas') === 0 && count(object, 'status', 'replicas') === 0, 'Degraded'),
  always('Progressing'),
);

const daemonSet: HealthRule = first(
  unseen,
  stale,
  when(isPaused, 'Suspended', 'the update is paused'),
  when(isPartitioned, 'Suspended', 'the update waits at its partition'),
  when((object) => {
    const desired = count(object, 'status', 'desiredNumberScheduled');
    return count(object, 'status', 'updatedNumberScheduled') >= desired && count(object, 'status', 'numberAvailable') >= desired;
  }, 'Healthy'),
  when((object) => count(object, 'status', 'numberUnavailable') > 0 && count(object, 'status', 'numberAvailable') === 0, 'Degraded'),
  always('Progressing'),
);

export const openKruise: HealthTable = {
  'apps.kruise.io/CloneSet': workload,
  'apps.kruise.io/StatefulSet': workload,
  'apps.kruise.io/DaemonSet': daemonSet,
  'apps.kruise.io/SidecarSet': first(
    unseen,
    stale,
    when(isPaused, 'Suspended'),
    when((object) => count(object, 'status', 'updatedReadyPods') >= count(object, 'status', 'matchedPods'), 'Healthy'),
    always('Progressing'),
  ),
  'apps.kruise.io/AdvancedCronJob': first(
    unseen,
    when((object) => list(object, ['status', 'active']).length > 0, 'Progressing', 'jobs are active'),
    when((object) => text(object, 'status', 'lastScheduleTime') === '', 'Degraded', 'it has not run yet'),
    when((object) => valueAt(object, ['spec', 'paused']) === true, 'Suspended'),
    always('Healthy'),
  ),
  'apps.kruise.io/BroadcastJob': first(
    unseen,
    byText(['status', 'phase'], { Healthy: ['completed'], Degraded: ['failed'], Suspended: ['paused'], Progressing: ['running'] }),
    when((object) => count(object, 'status', 'failed') > 0, 'Degraded'),
    always('Progressing'),
  ),
  'game.kruise.io/GameServerSet': first(
    unseen,
    stale,
    when(isPaused, 'Suspended'),
    when(isPartitioned, 'Suspended', 'the update waits at its partition'),
    when((object) => count(object, 'status', 'updatedReadyReplicas') >= wanted(object), 'Healthy'),
    always('Progressing'),
  ),
  'rollouts.kruise.io/Rollout': first(
    unseen,
    stale,
    byText(['status', 'phase'], { Degraded: ['Disabled', 'Terminating', 'Disabling'] }),
    byText(['status', 'canaryStatus', 'currentStepState'], { Suspended: ['StepPaused'] }),
    byText(['status', 'phase'], { Healthy: ['Healthy'], Progressing: ['Progressing', 'Initial'] }),
    always('Progressing'),
  ),
};
