import { isObject, type JsonObject, parseGvk, valueAt } from '@plumbline/core';
import { builtInHealth } from './built-in/built-in.ts';
import { customHealth } from './custom/custom.ts';
import { generalHealth } from './general.ts';

/** How a live object is. `Suspended`: it waits for somebody; `Missing`: what it stands for is not there; `Unknown`: it cannot be told. */
export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

export interface Health {
  readonly status: HealthStatus;
  /** Why, in the object's own words where it has some. */
  readonly message?: string;
}

/**
 * The health of a live object, judged as Argo CD does: by rules for built-in kinds and for the kinds of many projects, by its status
 * conditions and phase for any other. Undefined for an object without a status that no rule is about (a ConfigMap): it has no health.
 */
export function healthOf(object: JsonObject): Health | undefined {
  const { apiVersion, kind } = object;
  const gvk = parseGvk(typeof apiVersion === 'string' ? apiVersion : '', typeof kind === 'string' ? kind : '');
  if (valueAt(object, ['metadata', 'deletionTimestamp']) !== undefined) return { status: 'Progressing', message: 'pending deletion' };
  const rule = builtInHealth(gvk) ?? customHealth(gvk);
  if (rule !== undefined) return rule(object);
  return isObject(object.status) ? generalHealth(object) : undefined;
}
