import type { JsonObject, JsonValue } from '@plumbline/core';
import { isObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { conditionsOf, count, health, list, text } from '../rule.ts';

/** A pod that ends is at work until it has; one that is restarted always is well while it is ready. */
export function pod(object: JsonObject): Health {
  const isLasting = text(object, 'spec', 'restartPolicy') === 'Always';
  const containers = list(object, ['status', 'containerStatuses']);
  const stuck = isLasting ? containers.map((one) => valueAt(one, ['state', 'waiting'])).find(isError) : undefined;
  if (stuck !== undefined) return health('Degraded', text(stuck, 'message') || text(stuck, 'reason'));
  switch (text(object, 'status', 'phase')) {
    case 'Pending':
      return health('Progressing', text(object, 'status', 'message'));
    case 'Succeeded':
      return health('Healthy', text(object, 'status', 'message'));
    case 'Failed':
      return health('Degraded', text(object, 'status', 'message') || failureOf(object));
    case 'Running':
      return isLasting ? running(object, containers) : health('Progressing', text(object, 'status', 'message'));
    default:
      return health('Unknown', text(object, 'status', 'message'));
  }
}

function running(object: JsonObject, containers: readonly JsonValue[]): Health {
  if (conditionsOf(object).some(({ type, status }) => type === 'Ready' && status === 'True')) return health('Healthy');
  const ended = containers.find((one) => isObject(valueAt(one, ['lastState', 'terminated'])));
  if (ended !== undefined) return health('Degraded', `container "${text(ended, 'name')}" has ended before and is not ready`);
  return health('Progressing', 'waiting for the pod to be ready');
}

function isError(waiting: JsonValue | undefined): boolean {
  return /^Err|(?:Error|BackOff)$/.test(text(waiting, 'reason'));
}

function failureOf(object: JsonObject): string {
  const all = [...list(object, ['status', 'initContainerStatuses']), ...list(object, ['status', 'containerStatuses'])];
  const failed = all.find((one) => count(one, 'state', 'terminated', 'exitCode') !== 0);
  if (failed === undefined) return '';
  const reason = text(failed, 'state', 'terminated', 'message') || text(failed, 'state', 'terminated', 'reason');
  return reason || `container "${text(failed, 'name')}" failed with exit code ${count(failed, 'state', 'terminated', 'exitCode')}`;
}
