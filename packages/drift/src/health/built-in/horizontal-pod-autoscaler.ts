import { isArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { MergeError, parseJson } from '@plumbline/merge';
import type { Health } from '../health.ts';
import { type Condition, conditionsOf, health, text } from '../rule.ts';

/** Where autoscaling/v1, which has no conditions, keeps them. */
const ANNOTATION = 'autoscaling.alpha.kubernetes.io/conditions';

const FAILURES: Readonly<Record<string, readonly string[]>> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: ['FailedGetResourceMetric', 'InvalidSelector'],
};

export function horizontalPodAutoscaler(object: JsonObject): Health {
  const conditions = object.apiVersion === 'autoscaling/v1' ? noted(object) : conditionsOf(object);
  let well: Condition | undefined;
  for (const condition of conditions) {
    if (FAILURES[condition.type]?.includes(condition.reason) === true) return health('Degraded', condition.message);
    if (condition.status === 'True' && (condition.type === 'AbleToScale' || condition.type === 'ScalingLimited')) well ??= condition;
  }
  return well === undefined ? health('Progressing', 'waiting to autoscale') : health('Healthy', well.message);
}

function noted(object: JsonObject): readonly Condition[] {
  const written = text(object, 'metadata', 'annotations', ANNOTATION);
  let conditions: JsonValue = [];
  try {
    if (written !== '') conditions = parseJson(written);
  } catch (error) {
    // An annotation that is no JSON says nothing.
    if (!(error instanceof MergeError)) throw error;
  }
  return isArray(conditions) ? conditionsOf({ conditions }, ['conditions']) : [];
}
