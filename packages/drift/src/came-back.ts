import { type FieldPath, isObject, type JsonObject, type JsonValue, setMember, valueAt } from '@plumbline/core';
import { typeOfMember } from '@plumbline/schema';
import type { DriftChange } from './change.ts';
import { isNothing, isSameValue } from './equal.ts';
import type { KindPorts } from './object-drift.ts';

/**
 * Where a field was removed and the server put its default there, its parts differ; that is one change of the field. `changes` are
 * those of one object; the others stay as they are.
 */
export function joinRemoved(
  changes: readonly DriftChange[],
  desired: JsonObject,
  live: JsonObject,
  ports: KindPorts,
): readonly DriftChange[] {
  const joined: DriftChange[] = [];
  const done: FieldPath[] = [];
  for (const change of changes) {
    if (done.some((path) => isBelow(change.path, path))) continue;
    const whole = change.class === 'drift' && change.op !== 'remove' ? removedAbove(change.path, desired, live, ports) : undefined;
    if (whole === undefined) {
      joined.push(change);
      continue;
    }
    done.push(whole);
    const before = valueAt(live, whole);
    const after = valueAt(desired, whole);
    const why = 'the field was removed, and the server put its default there';
    joined.push({
      ...change,
      path: whole,
      live: whole,
      why,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }
  return joined;
}

/** The nearest field above a changed value whose live value is what the server makes of its absence. */
function removedAbove(path: FieldPath, desired: JsonObject, live: JsonObject, ports: KindPorts): FieldPath | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const above = path.slice(0, length);
    // Items of lists may stand elsewhere in the live object; labels come and go one by one.
    if (above[0] === 'metadata' || above.some((step) => typeof step === 'number')) continue;
    const actual = valueAt(live, above);
    const preset = actual === undefined ? undefined : valueAt(ports.defaulted(without(desired, above)), above);
    const known = ports.typeOf(desired);
    const isBuiltin = known?.isBuiltin === true;
    // What is empty did not come back.
    if (actual === undefined || preset === undefined || isNothing(preset, isBuiltin, '', undefined)) continue;
    let type = known?.type;
    for (const step of above) type = type === undefined ? undefined : typeOfMember(type, String(step));
    if (isSameValue(preset, actual, type, isBuiltin)) return above;
  }
  return undefined;
}

/** The object without one member, however deep; what is beside it is shared. */
function without(object: JsonObject, [step, ...rest]: FieldPath): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null;
    if (key !== step) setMember(copy, key, value);
    else if (rest.length > 0 && isObject(value)) setMember(copy, key, without(value, rest));
  }
  return copy;
}

function isBelow(path: FieldPath, above: FieldPath): boolean {
  return path.length >= above.length && above.every((step, index) => path[index] === step);
}
