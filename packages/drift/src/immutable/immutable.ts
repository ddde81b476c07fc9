import {
  compareQuantities,
  type FieldPath,
  isEqual,
  type JsonObject,
  type JsonValue,
  member,
  parseGvk,
  parseQuantity,
  toDotted,
  valueAt,
} from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import { IMMUTABLE_FIELDS, type ImmutableField, type When } from './immutable-fields.ts';

/**
 * Why a server would refuse the change of a live object, as a clause; undefined where it takes it. Of custom resources
 * their definitions tell: see withRefusals.
 */
export function whyImmutable(change: DriftChange, live: JsonObject): string | undefined {
  const { apiVersion, kind } = live;
  if (change.live.length === 0 || typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const key = `${parseGvk(apiVersion, kind).group}/${kind}`;
  const fields = Object.hasOwn(IMMUTABLE_FIELDS, key) ? IMMUTABLE_FIELDS[key] : undefined;
  const found = fields?.find((field) => concerns(field, change) && holds(field.when, change, live));
  if (found === undefined) return undefined;
  if (found.when === 'shrinks') return `${found.path} of a ${kind} cannot shrink: the object must be replaced`;
  if (found.when === 'frozen') return `the ${kind} is immutable: the object must be replaced`;
  const place = found.path.includes('*') ? toDotted(change.live) : found.path.replace(/\.(\d+)/g, '[$1]');
  return `${place} of a ${kind} cannot be changed: the object must be replaced`;
}

/** Whether the change is of the field, or of what it stands in and the field with it. */
function concerns({ path, except = [] }: ImmutableField, { live, before, after }: DriftChange): boolean {
  const steps = stepsOf(path);
  if (!meets(steps, live)) return false;
  if (except.some((each) => stepsOf(each).length <= live.length && meets(stepsOf(each), live))) return false;
  const rest = steps.slice(live.length);
  return rest.length === 0 || rest.includes('*') || !isEqual(valueAt(before, numbered(rest)), valueAt(after, numbered(rest)));
}

function stepsOf(path: string): readonly string[] {
  return path.split('.');
}

/** Whether one of two places is in the other. */
function meets(steps: readonly string[], path: FieldPath): boolean {
  return path.every((step, index) => index >= steps.length || steps[index] === '*' || steps[index] === String(step));
}

function numbered(steps: readonly string[]): FieldPath {
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function holds(when: When | undefined, { op, before, after }: DriftChange, live: JsonObject): boolean {
  const spec = (key: string): JsonValue | undefined => member(live.spec, key);
  switch (when) {
    case 'set':
      return op !== 'add';
    case 'not-external':
      return op === 'replace' && spec('type') !== 'ExternalName';
    case 'not-suspended':
      return spec('suspend') !== true;
    case 'not-indexed':
      return spec('completionMode') !== 'Indexed';
    case 'frozen':
      return live.immutable === true;
    case 'shrinks':
      return isLess(after, before);
    default:
      return true;
  }
}

function isLess(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const [left, right] = [parseQuantity(String(a)), parseQuantity(String(b))];
  return left !== undefined && right !== undefined && compareQuantities(left, right) < 0;
}
