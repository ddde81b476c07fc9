import { join } from 'node:path';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parse,
  type Resource,
  type SourceFile,
  toPointer,
  valueAt,
} from '@plumbline/core';
import { type DriftChange, driftOfObject, type KindPorts } from '@plumbline/drift';
import { createDefaults, createSchemaSet, kindTypes } from '@plumbline/schema';
import { dataDirectory, openData } from '@plumbline/schemas-kubernetes';
import { guarded } from '../guarded.ts';
import { readJsonLines, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { installedDefinitions } from './apiserver-cases.ts';

const VERSION = '1.37';

/** Objects of a real API server, just applied and after one change by another manager: no false drift, none missed. */
export const suite: Suite = {
  name: 'apiserver/drift',
  data: 'apiserver/drift/drift.jsonl',
  async *run(folder) {
    const ports = portsOf(installedDefinitions(folder));
    for (const line of readJsonLines(join(folder, suite.data))) {
      const id = textOf(line, 'id');
      yield await guarded(id, () => judge(id, line, ports));
    }
  },
};

function portsOf(files: readonly SourceFile[]): KindPorts {
  const documents = files.flatMap((file) => parse(file));
  const definitions = documents.flatMap(({ value }) => (isObject(value) ? [{ object: value } as Resource] : [])); // of a definition nothing else is read
  const schemas = createSchemaSet(openData(dataDirectory()));
  const defaults = createDefaults(schemas, definitions);
  const types = kindTypes(schemas, VERSION, definitions);
  return { typeOf: types, defaulted: (object) => defaults.asStored(object, VERSION) };
}

function judge(id: string, line: JsonObject, ports: KindPorts): CaseResult {
  const desired = asObject(line.desired);
  const options = { managers: [textOf(line, 'fieldManager')] };
  const after = (key: string): readonly DriftChange[] =>
    driftOfObject(desired, asObject(line[key]), ports, options).changes.filter(isCounted);
  const applied = after('live_after_apply').filter((change) => change.class === 'drift');
  if (applied.length > 0) return failed(id, 'no drift after apply', applied, 'false drift after apply');
  const change = line.change;
  if (!isObject(change)) return { id, outcome: 'passed' };
  const found = after('live_after_change');
  const drifts = found.filter((one) => one.class === 'drift');
  if (isForeign(change, desired, line)) {
    const own = found.filter((one) => one.class === 'unmanaged' && one.owner?.manager === 'other-manager');
    if (drifts.length === 0 && own.length > 0) return { id, outcome: 'passed' };
    return failed(id, 'unmanaged, of other-manager', found, `${textOf(change, 'category')}: not unmanaged`);
  }
  const wanted = textOf(change, 'desiredPointer') || textOf(change, 'pointer');
  if (drifts.length === 1 && toPointer(drifts[0]?.path ?? []) === wanted) return { id, outcome: 'passed' };
  const cause = drifts.length === 0 ? 'missed' : drifts.length > 1 ? 'more than the change' : 'at another place';
  return failed(id, `one drift at ${wanted}`, found, `${textOf(change, 'category')}: ${cause}`);
}

/** Whether the change leaves alone what the source owns: a field that it does not name, or one more item of a keyed list. */
function isForeign(change: JsonObject, desired: JsonObject, line: JsonObject): boolean {
  const category = textOf(change, 'category');
  if (category.startsWith('foreign-field-added')) return true;
  if (!category.startsWith('list-item-added')) return false;
  // A keyed list or set has a field set for each item, an atomic one none.
  const path = textOf(change, 'pointer').split('/').slice(1);
  let fields: JsonValue | undefined = ownFields(asObject(line.live_after_apply));
  let value: JsonValue | undefined = desired;
  for (const step of path) {
    const index: number | undefined = /^\d+$/.test(step) && Array.isArray(value) ? Number(step) : undefined;
    value = index === undefined ? member(value, step) : (value as readonly JsonValue[])[index]; // an index is read of lists only
    fields =
      index === undefined
        ? member(fields, `f:${step}`)
        : Object.entries(asObject(fields)).find(([key]) => key.startsWith('k:') && matchesKey(key, value))?.[1];
  }
  return Object.keys(asObject(fields)).some((key) => key.startsWith('k:') || key.startsWith('v:'));
}

function matchesKey(key: string, item: JsonValue | undefined): boolean {
  const keys = JSON.parse(key.slice(2)) as JsonObject; // as the server wrote it
  return Object.entries(keys).every(([name, value]) => member(item, name) === undefined || member(item, name) === value);
}

function ownFields(live: JsonObject): JsonValue | undefined {
  const managers = valueAt(live, ['metadata', 'managedFields']);
  return Array.isArray(managers) ? member(managers[0], 'fieldsV1') : undefined;
}

function isCounted({ path }: DriftChange): boolean {
  return !/^\/metadata\/(?:generation|resourceVersion|managedFields|annotations\/deprecated\.daemonset)/.test(toPointer(path));
}

function failed(id: string, expected: string, found: readonly DriftChange[], cause: string): CaseResult {
  const got = found.map((one) => `${one.class} ${one.op} ${toPointer(one.path)} (${one.owner?.manager ?? ''})`).join('; ');
  return { id, outcome: 'failed', expected, got: got === '' ? 'nothing' : got, cause };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
