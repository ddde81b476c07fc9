import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArray, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import {
  applyConfig,
  assertValid,
  type Managers,
  parseJson,
  type Topology,
  type Typed,
  updateObject,
  writeFieldsV1,
} from '@plumbline/merge';
import { guarded } from '../guarded.ts';
import { canonicalJson } from '../json-exact.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { type SmdSchema, topologies } from './smd-schema.ts';

/** Sequences of applies and updates of Kubernetes objects: what is live and who owns it after each operation. */
export const suite: Suite = {
  name: 'drift/differential-ssa-k8s',
  data: 'drift/differential-ssa-k8s/cases.json',
  async *run(folder) {
    const read = (name: string): JsonValue => parseJson(readFileSync(join(folder, `drift/differential-ssa-k8s/${name}.json`), 'utf8'));
    const named = topologies(read('schema') as unknown as SmdSchema); // the suite's own format
    for (const entry of list(at(read('cases'), 'cases'))) {
      const id = String(at(entry, 'name'));
      yield await guarded(id, () => judge(id, entry, named(String(at(entry, 'type')))));
    }
  },
};

function judge(id: string, entry: JsonValue, type: Topology | undefined): CaseResult {
  if (type === undefined) return { id, outcome: 'failed', expected: 'a type', got: 'none', cause: 'no type' };
  let live: Typed = { value: null, type };
  let managers: Managers = new Map();
  for (const [index, op] of list(at(entry, 'ops')).entries()) {
    const step = stepOf(op, live, managers, type);
    const expected = expectationOf(op);
    if (canonicalJson(expected) !== canonicalJson(step.outcome)) {
      return { id, outcome: 'failed', expected: stringify(expected), got: stringify(step.outcome), cause: `${at(op, 'op')} ${index}` };
    }
    [live, managers] = [step.live, step.managers];
  }
  return { id, outcome: 'passed' };
}

interface Step {
  readonly outcome: JsonObject;
  readonly live: Typed;
  readonly managers: Managers;
}

function stepOf(op: JsonValue, live: Typed, managers: Managers, type: Topology): Step {
  const by = { manager: String(at(op, 'manager')), version: 'v1', isForced: at(op, 'force') === true };
  const isUpdate = at(op, 'op') === 'update';
  const object: Typed = { value: at(op, 'object'), type };
  try {
    assertValid(object.value, type, { allowsDuplicates: isUpdate });
    const outcome = isUpdate ? updateObject(live, object, managers, by) : applyConfig(live, object, managers, by);
    if ('conflicts' in outcome) {
      const conflicts = outcome.conflicts.map(({ manager, path }) => ({ manager, path }));
      return { outcome: { conflicts: inOrder(conflicts) }, live, managers };
    }
    const after = outcome.isNoop ? live : outcome.object;
    const owners = Object.fromEntries(
      [...outcome.managers].map(([name, { version, fields, isApplied }]) => [
        name,
        { apiVersion: version, applied: isApplied, fields: writeFieldsV1(fields) },
      ]),
    );
    return { outcome: { live: after.value, managed: owners }, live: after, managers: outcome.managers };
  } catch (error) {
    if (member(op, 'error') === undefined) throw error;
    return { outcome: { error: true }, live, managers };
  }
}

function expectationOf(op: JsonValue): JsonObject {
  const conflicts = member(op, 'conflicts');
  if (isArray(conflicts) && conflicts.length > 0) return { conflicts: inOrder(conflicts) };
  if (member(op, 'error') !== undefined) return { error: true };
  return { live: at(op, 'live'), managed: at(op, 'managed') };
}

function inOrder(conflicts: readonly JsonValue[]): JsonValue {
  return conflicts
    .filter(isObject)
    .map((conflict): JsonObject => ({ manager: at(conflict, 'manager'), path: at(conflict, 'path') }))
    .sort((a, b) => (stringify(a) < stringify(b) ? -1 : 1));
}

function list(value: JsonValue): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

function at(value: JsonValue, key: string): JsonValue {
  return member(value, key) ?? null;
}
