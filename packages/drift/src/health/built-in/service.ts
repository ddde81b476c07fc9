import type { JsonObject } from '@plumbline/core';
import type { Health } from '../health.ts';
import { health, text } from '../rule.ts';
import { ingress } from './ingress.ts';

export function service(object: JsonObject): Health {
  return text(object, 'spec', 'type') === 'LoadBalancer' ? ingress(object) : health('Healthy');
}
