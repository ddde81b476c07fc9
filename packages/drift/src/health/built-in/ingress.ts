import type { JsonObject } from '@plumbline/core';
import type { Health } from '../health.ts';
import { health, list } from '../rule.ts';

/** A load balancer has been given to it. */
export function ingress(object: JsonObject): Health {
  return list(object, ['status', 'loadBalancer', 'ingress']).length > 0
    ? health('Healthy')
    : health('Progressing', 'waiting for a load balancer');
}
