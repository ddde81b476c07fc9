import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonValue, setMember, valueAt } from '../values/json.ts';
import type { Change } from './change.ts';

/** The value with the changes made one after another, or undefined where one leads nowhere. Shares what did not change. */
export function applyChanges(value: JsonValue, changes: readonly Change[]): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const change of changes) {
    if (at === undefined) return undefined;
    at = applyChange(at, change);
  }
  return at;
}

function applyChange(value: JsonValue, change: Change): JsonValue | undefined {
  if (change.op === 'move') {
    const moved = change.from === undefined ? undefined : valueAt(value, change.from);
    if (moved === undefined || change.from === undefined) return undefined;
    const without = edited(value, change.from, 0, () => REMOVED);
    return without === undefined ? undefined : edited(without, change.path, 0, () => moved, true);
  }
  if (change.op === 'rename') return renamed(value, change.path, change.key ?? '');
  if (change.op === 'remove') {
    return valueAt(value, change.path) === undefined ? undefined : edited(value, change.path, 0, () => REMOVED);
  }
  const after = change.after;
  if (after === undefined) return undefined;
  if (change.op === 'replace' && valueAt(value, change.path) === undefined) return undefined;
  return edited(value, change.path, 0, () => after, change.op === 'add');
}

const REMOVED = Symbol('removed');

function edited(
  value: JsonValue,
  path: FieldPath,
  depth: number,
  last: () => JsonValue | typeof REMOVED,
  isAdd = false,
): JsonValue | undefined {
  const step = path[depth];
  if (step === undefined) {
    const whole = last();
    return whole === REMOVED ? undefined : whole;
  }
  const isLast = depth === path.length - 1;
  if (isArray(value)) {
    const index = step === '-' ? value.length : step;
    if (typeof index !== 'number' || index < 0 || index > value.length) return undefined;
    const copy = [...value];
    const item = isLast ? last() : edited(value[index] ?? null, path, depth + 1, last, isAdd);
    if (item === undefined) return undefined;
    if (item === REMOVED) copy.splice(index, 1);
    else if (isLast && isAdd) copy.splice(index, 0, item);
    else copy[index] = item;
    return copy;
  }
  // An empty field is as good as an empty mapping for what is added under it.
  const object = value === null && isLast && isAdd ? {} : value;
  if (!isObject(object)) return undefined;
  const key = String(step);
  if (!isLast && !Object.hasOwn(object, key)) return undefined;
  const item = isLast ? last() : edited(object[key] ?? null, path, depth + 1, last, isAdd);
  if (item === undefined) return undefined;
  const copy: Record<string, JsonValue> = {};
  for (const [name, own] of Object.entries(object)) if (name !== key || item !== REMOVED) setMember(copy, name, own);
  if (item !== REMOVED) setMember(copy, key, item);
  return copy;
}

function renamed(value: JsonValue, path: FieldPath, key: string): JsonValue | undefined {
  const parent = path.slice(0, -1);
  const from = String(path[path.length - 1]);
  const object = valueAt(value, parent);
  if (!isObject(object) || !Object.hasOwn(object, from) || Object.hasOwn(object, key)) return undefined;
  const copy: Record<string, JsonValue> = {};
  for (const [name, own] of Object.entries(object)) setMember(copy, name === from ? key : name, own);
  return edited(value, parent, 0, () => copy);
}
