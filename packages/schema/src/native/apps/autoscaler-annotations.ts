import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import type { Judgement } from '../judgement.ts';
import { Place, ROOT } from '../place.ts';
import { signOfQuantity } from '../quantities.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkBehavior } from './autoscaler-behavior.ts';
import { checkMetrics } from './autoscaler-metrics.ts';

// autoscaling/v1 carries what only v2 has fields for in annotations, as JSON. What cannot be read is ignored, as the server does.

const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior';
const ANNOTATIONS = ROOT.in('metadata').in('annotations');

export interface FromAnnotations {
  /** Types of the metrics, `''` where they cannot be said. */
  readonly types: readonly string[];
}

/** A place whose inside is a text: whatever is wrong in it is wrong with it. */
class Whole extends Place {
  override in(): Place {
    return this;
  }
}

export function checkAnnotations(autoscaler: JsonObject, judgement: Judgement): FromAnnotations {
  const annotations = objectIn(objectIn(autoscaler, 'metadata'), 'annotations');
  if (annotations === undefined) return { types: [] };
  const written = textIn(annotations, BEHAVIOR);
  const behavior = isLeftToLater(written, judgement.verdict) ? undefined : read(written);
  if (isObject(behavior)) checkBehavior(asWritten(behavior), new Whole(ANNOTATIONS, BEHAVIOR), judgement, false);
  const text = textIn(annotations, METRICS);
  if (isLeftToLater(text, judgement.verdict)) return { types: [''] };
  const metrics = read(text);
  if (!Array.isArray(metrics)) return { types: [] };
  const converted = metrics.map((metric) => (isObject(metric) ? asOfV2(metric) : {}));
  return { types: checkMetrics({ metrics: converted }, new Whole(ANNOTATIONS, METRICS), judgement) };
}

function read(text: string): JsonValue | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const FIELDS = [
  'scaleUp',
  'scaleDown',
  'stabilizationWindowSeconds',
  'selectPolicy',
  'policies',
  'tolerance',
  'type',
  'value',
  'periodSeconds',
] as const;

/** The annotation has the names of Go's fields, in which case does not count; here they are as v2 writes them. */
function asWritten(behavior: JsonObject): JsonObject {
  const entries = Object.entries(behavior).map(([key, value]): [string, JsonValue] => [
    FIELDS.find((field) => field.toLowerCase() === key.toLowerCase()) ?? key,
    Array.isArray(value) ? value.map((one) => (isObject(one) ? asWritten(one) : one)) : isObject(value) ? asWritten(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** A metric of v1 as v2 has it: pkg/apis/autoscaling/v1/conversion.go. */
function asOfV2(metric: JsonObject): JsonObject {
  const result: Record<string, JsonValue> = { type: metric.type ?? '' };
  const object = objectIn(metric, 'object');
  if (object !== undefined) {
    const hasAverage = has(object, 'averageValue');
    const value = object.targetValue ?? 0;
    const isKept = !hasAverage || signOfQuantity(value) !== 0;
    result.object = {
      describedObject: objectIn(object, 'target') ?? {},
      metric: { name: object.metricName ?? '' },
      target: { type: hasAverage ? 'AverageValue' : 'Value', ...(isKept ? { value } : {}), averageValue: object.averageValue ?? null },
    };
  }
  const external = objectIn(metric, 'external');
  if (external !== undefined)
    result.external = {
      metric: { name: external.metricName ?? '' },
      target: { type: 'Value', value: external.targetValue ?? null, averageValue: external.targetAverageValue ?? null },
    };
  const pods = objectIn(metric, 'pods');
  if (pods !== undefined)
    result.pods = { metric: { name: pods.metricName ?? '' }, target: { type: 'AverageValue', averageValue: pods.targetAverageValue ?? 0 } };
  for (const key of ['resource', 'containerResource']) {
    const resource = objectIn(metric, key);
    if (resource !== undefined)
      result[key] = {
        name: resource.name ?? '',
        container: resource.container ?? '',
        target: {
          type: 'Utilization',
          averageUtilization: resource.targetAverageUtilization ?? null,
          averageValue: resource.targetAverageValue ?? null,
        },
      };
  }
  return result;
}
