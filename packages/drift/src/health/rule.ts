import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { Health, HealthStatus } from './health.ts';

/** Judges an object; undefined where it has nothing to say. */
export type HealthRule = (object: JsonObject) => Health | undefined;

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function health(status: HealthStatus, message?: string): Health {
  return message === undefined || message === '' ? { status } : { status, message };
}

/** What the first rule says that says something. */
export function first(...rules: readonly HealthRule[]): HealthRule {
  return (object) => {
    for (const rule of rules) {
      const said = rule(object);
      if (said !== undefined) return said;
    }
    return undefined;
  };
}

export function always(status: HealthStatus, message?: string): HealthRule {
  return () => health(status, message);
}

/** Where `is` holds. */
export function when(is: (object: JsonObject) => boolean, status: HealthStatus, message?: string): HealthRule {
  return (object) => (is(object) ? health(status, message) : undefined);
}

/** No status yet: whoever is responsible has not seen the object. */
export const unseen: HealthRule = when(
  (object) => !isObject(object.status) || Object.keys(object.status).length === 0,
  'Progressing',
  'waiting for a status',
);

/** The status is of an older generation. */
export const stale: HealthRule = when(isStale, 'Progressing', 'waiting for the latest generation to be observed');

export function isStale(object: JsonObject): boolean {
  const generation = valueAt(object, ['metadata', 'generation']);
  const observed = valueAt(object, ['status', 'observedGeneration']);
  return typeof generation === 'number' && typeof observed === 'number' && observed !== generation;
}

/** Also where the generation that a condition was made of is another one. */
export const staleConditions: HealthRule = when(
  (object) => {
    const generation = valueAt(object, ['metadata', 'generation']);
    const observed = list(object, ['status', 'conditions']).map((condition) => member(condition, 'observedGeneration'));
    return typeof generation === 'number' && observed.some((one) => typeof one === 'number' && one !== generation);
  },
  'Progressing',
  'waiting for the latest generation to be observed',
);

/** By the text at a path, in any case of letters; what the table does not name gets `otherwise`. */
export function byText(
  path: readonly string[],
  table: Partial<Record<HealthStatus, readonly string[]>>,
  otherwise?: HealthStatus,
): HealthRule {
  const known = new Map(
    Object.entries(table).flatMap(([status, texts]) => texts.map((one) => [one.toLowerCase(), status as HealthStatus] as const)),
  ); // the table's own keys
  return (object) => {
    const found = valueAt(object, path);
    if (typeof found !== 'string' && typeof found !== 'number') return undefined;
    const status = known.get(String(found).toLowerCase()) ?? otherwise;
    return status === undefined ? undefined : health(status, String(found));
  };
}

/** A condition of a type and status (`True`), and of one of the reasons where given. */
export type ConditionCase = readonly [type: string, status: string, health: HealthStatus, reasons?: readonly string[]];

/** The first case that a condition is of. */
export function byConditions(...cases: readonly ConditionCase[]): HealthRule {
  return (object) => {
    const conditions = conditionsOf(object);
    for (const [type, status, result, reasons] of cases) {
      const found = conditions.find(
        (one) => one.type === type && one.status === status && (reasons === undefined || reasons.includes(one.reason)),
      );
      if (found !== undefined) return health(result, found.message);
    }
    return undefined;
  };
}

export function conditionsOf(object: JsonObject, path: readonly (string | number)[] = ['status', 'conditions']): readonly Condition[] {
  return list(object, path).map((condition) => ({
    type: text(condition, 'type'),
    status: statusOf(condition),
    reason: text(condition, 'reason'),
    message: text(condition, 'message'),
  }));
}

/** `True`, `False` or `Unknown`; some projects write a boolean. */
function statusOf(condition: JsonValue): string {
  const status = member(condition, 'status');
  if (typeof status === 'boolean') return status ? 'True' : 'False';
  return typeof status === 'string' ? status : '';
}

export function list(value: JsonValue, path: readonly (string | number)[]): JsonArray {
  const found = valueAt(value, path);
  return isArray(found) ? found : [];
}

/** '' where there is none. */
export function text(value: JsonValue | undefined, ...path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

/** 0 where there is none. */
export function count(value: JsonValue | undefined, ...path: readonly string[]): number {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : 0;
}
