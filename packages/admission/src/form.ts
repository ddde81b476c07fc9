import type { JsonObject } from '@plumbline/core';
import type { ResourceType } from './request.ts';

/** Built-in kinds whose versions have other fields: to convert them is not in our power. */
const CONVERTED = new Set([
  'autoscaling/HorizontalPodAutoscaler',
  '/Event',
  'events.k8s.io/Event',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceClaim',
  'resource.k8s.io/ResourceClaimTemplate',
  'resource.k8s.io/ResourceSlice',
]);

/** The object in another version of its kind, the one that a policy's rules name; undefined where that needs a conversion of fields. */
export function inForm(object: JsonObject, from: ResourceType, to: ResourceType): JsonObject | undefined {
  if (from.version === to.version && from.group === to.group) return object;
  if (CONVERTED.has(`${from.group}/${from.kind}`)) return undefined;
  return { ...object, apiVersion: to.group === '' ? to.version : `${to.group}/${to.version}` };
}

/** Why a policy cannot be asked where `inForm` gives nothing. */
export function notConverted(from: ResourceType, to: ResourceType): string {
  return `the policy asks for ${to.kind} in ${to.version}, and the object is written in ${from.version}: conversion is not done here`;
}
